"""deploy/ as far as it can be checked without a container engine: published schemas, and that names,
ports and settings fit the program. What it does not check: that an image builds and runs."""

import json
import re

import compose_spec
import kubernetes_validate
import pytest
from ruamel.yaml import YAML

from frontdesk.settings import Settings
from tools.project import ROOT

DEPLOY = ROOT / "deploy"
KUBERNETES = "1.33"
OURS = {name.upper() for name in Settings.model_fields}
OURS |= {"RASA_HOST", "RASA_PORT", "ACTION_HOST", "ACTION_PORT", "ACTION_URL", "HOME"}
THEIRS = {
    "FORWARDED_ALLOW_IPS",  # uvicorn
    "DOMAIN",  # the Caddyfile
    *("POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD", "PGDATA"),
    *("PATH", "PYTHONPATH", "PYTHONUNBUFFERED", "RASA_TELEMETRY_ENABLED", "TF_CPP_MIN_LOG_LEVEL"),
    *("UV_LINK_MODE", "UV_PYTHON_DOWNLOADS"),
}


def compose():
    return YAML(typ="safe").load((DEPLOY / "compose.yaml").read_text())


def manifests():
    for path in sorted((DEPLOY / "kubernetes").glob("*.yaml")):
        for document in YAML(typ="safe").load_all(path.read_text()):
            yield path.name, document


MANIFESTS = list(manifests())
PODS = [d for _, d in MANIFESTS if d["kind"] in ("Deployment", "StatefulSet")]
CONTAINERS = [(d, c) for d in PODS for c in d["spec"]["template"]["spec"]["containers"]]


def test_the_compose_file_fits_its_schema():
    plain = {k: v for k, v in compose().items() if not k.startswith("x-")}  # anchors resolved
    spec = compose_spec.PyCompose.from_json(json.dumps(plain)).to_spec()
    assert set(spec.services) == {"proxy", "frontdesk", "rasa", "actions", "postgres", "redis"}


@pytest.mark.parametrize(
    "document", [d for _, d in MANIFESTS], ids=lambda d: f"{d['kind']}-{d['metadata']['name']}"
)
def test_a_manifest_fits_its_schema(document):
    kubernetes_validate.validate(document, KUBERNETES, strict=True)


def images():
    for name, service in compose()["services"].items():
        yield name, service["image"]
    for owner, container in CONTAINERS:
        yield owner["metadata"]["name"], container["image"]
    for path in DEPLOY.glob("*.Dockerfile"):
        for image in re.findall(r"^FROM (\S+)", path.read_text(), re.MULTILINE):
            yield path.name, image


@pytest.mark.parametrize("where, image", sorted(set(images())))
def test_images_have_a_tag(where, image):
    name, _, tag = image.partition(":")
    assert re.match(r"\d", tag), "a version, never latest"


def test_every_setting_exists():
    used = set()
    for service in compose()["services"].values():
        used |= set(service.get("environment") or {})
    for _, container in CONTAINERS:
        used |= {e["name"] for e in container.get("env") or []}
    for path in DEPLOY.glob("*.Dockerfile"):
        for line in re.findall(r"^ENV ((?:.*\\\n)*.*)$", path.read_text(), re.MULTILINE):
            used |= set(re.findall(r"([A-Z_]+)=", line))
    assert used - OURS - THEIRS == set()
    example = (ROOT / ".env.example").read_text()
    assert all(name in example for name in used & OURS - {"HOME"})


def test_no_secret_is_written_down():
    for service in compose()["services"].values():
        for name, value in (service.get("environment") or {}).items():
            if name in ("CP503_SECRET", "POSTGRES_PASSWORD"):
                assert value.startswith("${") and ":?" in value
    for _, container in CONTAINERS:
        for env in container.get("env") or []:
            if env["name"] in ("CP503_SECRET", "DATABASE_URL", "POSTGRES_PASSWORD"):
                assert env["valueFrom"]["secretKeyRef"]["name"] == "cp503"


def test_ports_agree():
    rasa = (DEPLOY / "rasa.Dockerfile").read_text()
    assert "EXPOSE 5005 5055" in rasa and "RASA_PORT=5005" in rasa and "ACTION_PORT=5055" in rasa
    assert "EXPOSE 8080" in (DEPLOY / "frontdesk.Dockerfile").read_text()
    services = compose()["services"]
    assert services["frontdesk"]["environment"]["RASA_URLS"] == "http://rasa:5005"
    assert services["rasa"]["environment"]["ACTION_URL"] == "http://actions:5055/webhook"
    assert "frontdesk 8080" in (DEPLOY / "Caddyfile").read_text()
    ports = {}
    for owner, container in CONTAINERS:
        for port in container["ports"]:
            ports[owner["metadata"]["name"], port["name"]] = port["containerPort"]
    assert ports["rasa", "rasa"] == 5005 and ports["rasa", "actions"] == 5055
    assert ports["frontdesk", "http"] == 8080
    for _, document in MANIFESTS:
        if document["kind"] == "Service":
            for port in document["spec"]["ports"]:
                assert (document["spec"]["selector"]["app"], port["targetPort"]) in ports


def test_everything_has_a_health_check_and_limits():
    for name, service in compose()["services"].items():
        assert service["healthcheck"]["test"] and service["restart"] == "unless-stopped", name
        assert {"cpus", "memory"} <= set(service["deploy"]["resources"]["limits"]), name
    for _, container in CONTAINERS:
        assert {"readinessProbe", "livenessProbe"} <= set(container)
        assert {"cpu", "memory"} <= set(container["resources"]["limits"])
        assert {"cpu", "memory"} <= set(container["resources"]["requests"])


def test_an_update_takes_nobody_away_first():
    for pod in PODS:
        if pod["kind"] == "Deployment":
            assert pod["spec"]["strategy"]["rollingUpdate"] == {"maxUnavailable": 0, "maxSurge": 1}
    guarded = {d["metadata"]["name"] for _, d in MANIFESTS if d["kind"] == "PodDisruptionBudget"}
    assert guarded == {"rasa", "frontdesk"}


def test_only_the_frontdesk_reaches_rasa():
    policies = {d["metadata"]["name"]: d for _, d in MANIFESTS if d["kind"] == "NetworkPolicy"}
    assert policies["closed"]["spec"]["podSelector"] == {}
    assert "ingress" not in policies["closed"]["spec"]
    rules = policies["rasa"]["spec"]["ingress"]
    assert rules == [
        {
            "from": [{"podSelector": {"matchLabels": {"app": "frontdesk"}}}],
            "ports": [{"protocol": "TCP", "port": 5005}],
        }
    ]
    networks = {n: set(s["networks"]) for n, s in compose()["services"].items()}
    assert {n for n, on in networks.items() if "back" in on and "front" in on} == {"frontdesk"}
    assert compose()["networks"]["back"]["internal"] is True
    assert [n for n, s in compose()["services"].items() if "ports" in s] == ["proxy"]


def test_the_frontdesk_gets_every_setting_and_reaches_slack_and_mail():
    frontdesk = compose()["services"]["frontdesk"]
    assert frontdesk["env_file"] == [{"path": ".env", "required": False}]
    outside = [n for n in frontdesk["networks"] if not (compose()["networks"][n] or {})]
    assert outside == ["out"]
    assert [n for n, s in compose()["services"].items() if "out" in s["networks"]] == ["frontdesk"]
    ((_, container),) = [(d, c) for d, c in CONTAINERS if c["name"] == "frontdesk"]
    assert container["envFrom"] == [{"secretRef": {"name": "cp503-settings", "optional": True}}]
    policies = {d["metadata"]["name"]: d for _, d in MANIFESTS if d["kind"] == "NetworkPolicy"}
    reached = [
        port["port"]
        for rule in policies["frontdesk"]["spec"]["egress"]
        for to in rule["to"]
        if "ipBlock" in to
        for port in rule["ports"]
    ]
    assert set(reached) == {443, 465, 587}


def test_what_an_image_copies_is_there_and_not_ignored():
    let_in = (ROOT / ".dockerignore").read_text().splitlines()
    for path in DEPLOY.glob("*.Dockerfile"):
        for line in re.findall(r"^COPY (?!--from)(.*)$", path.read_text(), re.MULTILINE):
            for source in line.split()[:-1]:
                assert (ROOT / source).exists(), source
                assert any(source == s[1:] or source.startswith(s[1:] + "/") for s in let_in), (
                    source
                )
