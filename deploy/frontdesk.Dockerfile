# The frontdesk with the built page.
# Build at the root: docker build -f deploy/frontdesk.Dockerfile -t cp503-frontdesk:1 .
FROM python:3.12.12-slim-bookworm AS built
ENV UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never
WORKDIR /app
COPY tools/uv-requirements.txt tools/
RUN pip install --no-cache-dir --require-hashes --no-deps -r tools/uv-requirements.txt
COPY frontdesk/.python-version frontdesk/pyproject.toml frontdesk/uv.lock frontdesk/
COPY irs irs
# The build group brings node and npm as a Python wheel; it stays in this stage.
RUN cd frontdesk && UV_PROJECT_ENVIRONMENT=/node uv sync --frozen --no-default-groups --group build
COPY web web
RUN cd web && PATH=/node/bin:$PATH && npm ci --no-audit --no-fund && npm run build && rm -rf node_modules
RUN cd frontdesk && uv sync --frozen --no-default-groups
COPY frontdesk/frontdesk frontdesk/frontdesk

FROM python:3.12.12-slim-bookworm
WORKDIR /app
COPY --from=built /app /app
ENV PATH=/app/frontdesk/.venv/bin:$PATH PYTHONPATH=/app/frontdesk PYTHONUNBUFFERED=1 \
    HOST=0.0.0.0 PORT=8080 DATA_DIR=/tmp/var
RUN useradd --uid 10001 --no-create-home cp503
USER 10001
EXPOSE 8080
CMD ["python", "-m", "frontdesk"]
