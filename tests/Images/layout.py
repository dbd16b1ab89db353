"""Checks an OCI archive against the image specification 1.0: layout.py ARCHIVE ARCHITECTURE...

Every blob is what its name, size and media type say; each layer unpacks to its diff_id; each image is for the architecture that the index
says; there is nothing in the archive that nothing refers to. Prints `NAME TYPE MODE` of each entry of the first image's layers.
"""

import gzip
import hashlib
import io
import json
import sys
import tarfile

TYPES = "application/vnd.oci.image."
LABELS = ("title", "description", "version", "revision", "created", "licenses")


def require(condition, what):
    if not condition:
        sys.exit(what)


def digest(data):
    return "sha256:" + hashlib.sha256(data).hexdigest()


class Archive:
    def __init__(self, path):
        self.files = {}
        self.used = {"oci-layout", "index.json", "manifest.json"}
        with tarfile.open(path) as archive:
            for entry in archive:
                require(entry.isdir() or entry.isfile(), f"{entry.name} is no file")
                require(entry.uid == 0 and entry.gid == 0 and not entry.uname, f"{entry.name} has an owner")
                if entry.isfile():
                    require(entry.name not in self.files, f"{entry.name} is there twice")
                    self.files[entry.name] = archive.extractfile(entry).read()

    def blob(self, descriptor, kind):
        require(descriptor["mediaType"] == TYPES + kind, f"{descriptor} is no {kind}")
        algorithm, _, name = descriptor["digest"].partition(":")
        path = f"blobs/{algorithm}/{name}"
        require(path in self.files, f"{path} is missing")
        data = self.files[path]
        require(len(data) == descriptor["size"], f"{path} has {len(data)} bytes, not {descriptor['size']}")
        require(digest(data) == descriptor["digest"], f"{path} is something else")
        self.used.add(path)
        return data

    def document(self, descriptor, kind):
        document = json.loads(self.blob(descriptor, kind))
        if kind in ("manifest.v1+json", "index.v1+json"):
            require(document["schemaVersion"] == 2 and document["mediaType"] == TYPES + kind, f"{kind} does not say what it is")
        return document


def check_image(archive, descriptor):
    manifest = archive.document(descriptor, "manifest.v1+json")
    config = archive.document(manifest["config"], "config.v1+json")
    for key in ("architecture", "os", "variant"):
        require(descriptor["platform"].get(key) == config.get(key), f"{key} is one in the index and another in the image")
    require(config["os"] == "linux" and config["rootfs"]["type"] == "layers", "the image is for no Linux")
    settings = config["config"]
    require(settings["Entrypoint"] == ["/usr/sbin/keepalived-aot"] and settings["StopSignal"] == "SIGTERM", f"{settings}")
    require("Healthcheck" not in settings, "the image has a health check")
    for label in LABELS:
        require(settings["Labels"].get(f"org.opencontainers.image.{label}"), f"the label {label} is missing")
    require(len(config["rootfs"]["diff_ids"]) == len(manifest["layers"]) == len(config["history"]), "layers are missing")
    entries = {}
    for layer, diff in zip(manifest["layers"], config["rootfs"]["diff_ids"]):
        unpacked = gzip.decompress(archive.blob(layer, "layer.v1.tar+gzip"))
        require(digest(unpacked) == diff, f"layer {layer['digest']} unpacks to something else")
        with tarfile.open(fileobj=io.BytesIO(unpacked)) as tree:
            for entry in tree:
                require(entry.uid == 0 and entry.gid == 0, f"{entry.name} belongs to {entry.uid}")
                entries[entry.name] = entry
    return manifest, entries


def main(path, *architectures):
    archive = Archive(path)
    require(json.loads(archive.files["oci-layout"]) == {"imageLayoutVersion": "1.0.0"}, "oci-layout is wrong")
    top = json.loads(archive.files["index.json"])
    require(top["schemaVersion"] == 2 and len(top["manifests"]) == 1, "index.json has not one image")
    index = archive.document(top["manifests"][0], "index.v1+json")
    found = [descriptor["platform"]["architecture"] for descriptor in index["manifests"]]
    require(found == list(architectures), f"it is for {found}")
    images = [check_image(archive, descriptor) for descriptor in index["manifests"]]
    # What old engines read instead.
    for (manifest, _), image in zip(images, json.loads(archive.files["manifest.json"])):
        require(image["Config"] == "blobs/" + manifest["config"]["digest"].replace(":", "/"), "manifest.json names another image")
        require(image["Layers"] == ["blobs/" + layer["digest"].replace(":", "/") for layer in manifest["layers"]], "manifest.json names other layers")
    require(set(archive.files) == archive.used, f"nothing refers to {set(archive.files) - archive.used}")
    for name, entry in images[0][1].items():
        print(name, entry.type.decode(), oct(entry.mode))


main(*sys.argv[1:])
