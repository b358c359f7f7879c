# Rasa, the action server and the model they belong to, in one image: an image's tag is a model's name.
# Build at the root: docker build -f deploy/rasa.Dockerfile -t cp503-rasa:1 .
FROM python:3.10.19-slim-bookworm AS built
ENV UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never RASA_TELEMETRY_ENABLED=false
WORKDIR /app
COPY tools/uv-requirements.txt tools/
RUN pip install --no-cache-dir --require-hashes --no-deps -r tools/uv-requirements.txt
COPY .python-version pyproject.toml uv.lock ./
COPY irs irs
RUN uv sync --frozen --no-default-groups
COPY config.yml domain.yml endpoints.yml credentials.yml ./
COPY data data
COPY assistant assistant
COPY actions actions
RUN .venv/bin/python -m rasa train --out models --fixed-model-name model && rm -rf .rasa

FROM python:3.10.19-slim-bookworm
WORKDIR /app
COPY --from=built /app /app
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1 RASA_TELEMETRY_ENABLED=false TF_CPP_MIN_LOG_LEVEL=3 \
    HOME=/tmp DATA_DIR=/tmp/var RASA_HOST=0.0.0.0 RASA_PORT=5005 ACTION_HOST=0.0.0.0 ACTION_PORT=5055
RUN useradd --uid 10001 --no-create-home cp503
USER 10001
EXPOSE 5005 5055
STOPSIGNAL SIGTERM
CMD ["python", "-m", "assistant.serve", "--model", "models/model.tar.gz"]
