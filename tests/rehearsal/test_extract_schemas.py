"""Schemas are read back from prebuilt bindings."""

from __future__ import annotations

import io
import tarfile
import zipfile
from pathlib import Path

from generator.rehearsal import schema
from generator.rehearsal.bindings import storage_type
from generator.rehearsal.extract_schemas import extract, selection

THING = """
function thingRuleToHclTerraform(struct) {
    const attrs = {
        port: {
            isBlock: false,
            type: "simple",
            storageClassType: "number",
        },
    };
}
class ThingRuleOutputReference extends cdktn.ComplexObject {
    // port - computed: false, optional: false, required: true
    _port;
}
class ThingRuleList extends cdktn.ComplexList {
}
class Thing extends cdktn.TerraformResource {
    static tfResourceType = "demo_thing";
    constructor() {
        super({providerVersion: '1.2.3'});
    }
    // arn - computed: true, optional: false, required: false
    get arn() {
        return this.getStringAttribute('arn');
    }
    // tags - computed: false, optional: true, required: false
    _tags;
    // rule - computed: false, optional: true, required: false
    _rule = new ThingRuleList(this, "rule", true);
    synthesizeHclAttributes() {
        const attrs = {
            tags: {
                isBlock: false,
                type: "map",
                storageClassType: "stringMap",
            },
            rule: {
                isBlock: true,
                type: "set",
                storageClassType: "ThingRuleList",
            },
        };
    }
}
"""


def test_a_resource_is_read_from_a_wheel(tmp_path: Path) -> None:
    """Attributes with type and flags, nested blocks with their nesting; unwanted folders are
    not read.
    """
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        for folder in ("thing", "other"):
            entry = tarfile.TarInfo(f"package/lib/{folder}/index.js")
            entry.size = len(THING)
            tar.addfile(entry, io.BytesIO(THING.encode()))
    wheel = tmp_path / "demo.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("demo/_jsii/provider-demo.jsii.tgz", packed.getvalue())
    found = extract(str(wheel), selection("demo", ["thing"]))
    rule = {
        "nesting": "set",
        "min": 0,
        "max": 0,
        "block": {"attributes": {"port": {"type": "number", "required": True}}, "blocks": {}},
    }
    thing = {
        "attributes": {
            "arn": {"type": "string", "computed": True},
            "tags": {"type": ["map", "string"], "optional": True},
        },
        "blocks": {"rule": rule},
    }
    assert found == {
        "version": "1.2.3",
        "provider": None,
        "resource": {"demo_thing": thing},
        "data": {},
    }


def test_the_types_of_storage_classes() -> None:
    """The word tells the element, each List or Map after it one collection around."""
    assert storage_type("stringListMap") == ["map", ["list", "string"]]
    assert storage_type("boolean") == "bool"
    assert storage_type("anyMap") == ["map", "string"]
    assert storage_type("ThingRuleList") is None


def test_every_stored_schema_can_be_served() -> None:
    """Each has a version, and types that bear the name of their provider."""
    for name in schema.provider_names():
        stored = schema.load(name)
        assert stored["version"].count(".") == 2
        assert all(kind.startswith(f"{name}_") for kind in stored["resource"])
