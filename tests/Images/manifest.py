"""Reads packaging/kubernetes for tests/Images.

manifest.py validate FILE...       against the API as the Python client has it, which is generated from the published OpenAPI schema
manifest.py docker FILE DIRECTORY  the DaemonSet's security context, limits and volumes for `docker run`, one a line; DIRECTORY is the ConfigMap
manifest.py arguments FILE NODE    the container's arguments on that node, one a line
manifest.py probe FILE NAME        the command of a probe, one word a line
manifest.py data FILE KEY          one value of the ConfigMap
"""

import re
import sys

import yaml
from kubernetes.client import models

# Which class describes a document.
KINDS = {
    ("v1", "Namespace"): models.V1Namespace,
    ("v1", "ConfigMap"): models.V1ConfigMap,
    ("apps/v1", "DaemonSet"): models.V1DaemonSet,
}
# Those that the client keeps as text or any value.
PLAIN = {"str": str, "int": int, "bool": bool, "float": (int, float), "object": object}


def fail(where, what):
    raise ValueError(f"{where}: {what}")


def check(where, kind, value):
    """Checks a value against a type of the client's: unknown keys, wrong types and missing fields are errors."""
    if match := re.fullmatch(r"list\[(.*)\]", kind):
        if not isinstance(value, list):
            fail(where, f"is no list, but {value!r}")
        for index, item in enumerate(value):
            check(f"{where}[{index}]", match[1], item)
    elif match := re.fullmatch(r"dict\(str, (.*)\)", kind):
        if not isinstance(value, dict):
            fail(where, f"is no map, but {value!r}")
        for key, item in value.items():
            if not isinstance(key, str):
                fail(where, f"has a key that is no text: {key!r}")
            check(f"{where}.{key}", match[1], item)
    elif kind in PLAIN:
        if not isinstance(value, PLAIN[kind]) or (kind == "int" and isinstance(value, bool)):
            fail(where, f"is no {kind}, but {value!r}")
    else:
        check_object(where, getattr(models, kind), value)


def check_object(where, kind, value):
    if not isinstance(value, dict):
        fail(where, f"is no {kind.__name__}, but {value!r}")
    names = {written: name for name, written in kind.attribute_map.items()}
    fields = {}
    for key, item in value.items():
        if key not in names:
            fail(where, f"{kind.__name__} has no field {key!r}")
        check(f"{where}.{key}", kind.openapi_types[names[key]], item)
        fields[names[key]] = item
    # The client itself knows what must be there.
    try:
        kind(**fields)
    except ValueError as error:
        fail(where, error)


def documents(file):
    with open(file, encoding="utf-8") as text:
        return [document for document in yaml.safe_load_all(text) if document is not None]


def validate(files):
    for file in files:
        for document in documents(file):
            identity = (document.get("apiVersion"), document.get("kind"))
            if identity not in KINDS:
                fail(file, f"no such document: {identity}")
            check_object(identity[1], KINDS[identity], document)


def find(file, kind):
    return next(document for document in documents(file) if document["kind"] == kind)


def pod(file):
    return find(file, "DaemonSet")["spec"]["template"]["spec"]


def docker(file, configuration, emptied=None):
    """What the engine is told of the container; whatever the manifest does not allow is not there. emptyDirs are folders in `emptied`, which outlive the
    container, or memory that goes with it."""
    spec = pod(file)
    container = spec["containers"][0]
    security = container["securityContext"]
    if not security["readOnlyRootFilesystem"] or security["allowPrivilegeEscalation"] or security["privileged"]:
        fail(file, "the container is not as confined as it should be")
    yield "--read-only"
    yield "--security-opt=no-new-privileges:true"
    for capability in security["capabilities"]["drop"]:
        yield f"--cap-drop={capability}"
    for capability in security["capabilities"]["add"]:
        yield f"--cap-add={capability}"
    yield f"--user={security['runAsUser']}:{security['runAsGroup']}"
    limits = container["resources"]["limits"]
    yield f"--memory={limits['memory'].removesuffix('i').lower()}"
    yield f"--memory-swap={limits['memory'].removesuffix('i').lower()}"
    volumes = {volume["name"]: volume for volume in spec["volumes"]}
    for mount in container["volumeMounts"]:
        volume = volumes[mount["name"]]
        if "emptyDir" in volume and emptied is not None:
            yield f"--volume={emptied}/{mount['name']}:{mount['mountPath']}"
        elif "emptyDir" in volume:
            size = volume["emptyDir"]["sizeLimit"].removesuffix("i").lower()
            yield f"--tmpfs={mount['mountPath']}:rw,mode=0777,size={size}"
        else:
            yield f"--volume={configuration}:{mount['mountPath']}:ro"


def main(command, *arguments):
    if command == "validate":
        validate(arguments)
    elif command == "docker":
        print(*docker(*arguments), sep="\n")
    elif command == "arguments":
        file, node = arguments
        print(*(word.replace("$(NODE_NAME)", node) for word in pod(file)["containers"][0]["args"]), sep="\n")
    elif command == "probe":
        file, name = arguments
        print(*pod(file)["containers"][0][f"{name}Probe"]["exec"]["command"], sep="\n")
    elif command == "data":
        file, key = arguments
        print(find(file, "ConfigMap")["data"][key], end="")
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except (ValueError, KeyError) as error:
        sys.exit(f"{error}")
