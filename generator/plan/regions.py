"""The regions that each cloud has, to tell a slip; a region that is newer than this list works.

Sources, as of November 2026: botocore's endpoints.json (AWS, all partitions), Google Cloud's
"Regions and zones", and Azure's `az account list-locations` with the sovereign clouds.
"""

from __future__ import annotations

from collections.abc import Iterable


def _all(prefix: str, ends: Iterable[str]) -> set[str]:
    return {prefix + end for end in ends}


_AWS = {
    *_all("ap-", ("east-1", "east-2", "northeast-1", "northeast-2", "northeast-3")),
    *_all("ap-south-", "12"),
    *_all("ap-southeast-", "1234567"),
    *_all("ca-", ("central-1", "west-1")),
    *_all("cn-", ("north-1", "northwest-1")),
    *_all("eu-", ("central-1", "central-2", "north-1", "south-1", "south-2")),
    *_all("eu-west-", "123"),
    *_all("me-", ("central-1", "south-1")),
    *_all("us-", ("east-1", "east-2", "west-1", "west-2")),
    *_all("us-gov-", ("east-1", "west-1")),
    *_all("us-iso", ("-east-1", "-west-1", "b-east-1", "b-west-1", "f-east-1", "f-south-1")),
    *(
        "af-south-1",
        "eu-isoe-west-1",
        "eusc-de-east-1",
        "il-central-1",
        "mx-central-1",
        "sa-east-1",
    ),
}
_GCP = {
    *_all(
        "asia-", ("east1", "east2", "northeast1", "northeast2", "northeast3", "south1", "south2")
    ),
    *_all("asia-southeast", "123"),
    *_all("australia-southeast", "12"),
    *_all("europe-", ("central2", "north1", "north2", "southwest1")),
    *_all("europe-west", ("1", "2", "3", "4", "6", "8", "9", "10", "12")),
    *_all("me-", ("central1", "central2", "west1")),
    *_all("northamerica-", ("northeast1", "northeast2", "south1")),
    *_all("southamerica-", ("east1", "west1")),
    *_all("us-", ("central1", "east1", "east4", "east5", "south1")),
    *_all("us-west", "1234"),
    "africa-south1",
}
_AZURE = {
    *_all("australia", ("central", "central2", "east", "southeast")),
    *_all("austria", ("east",)),
    *_all("belgium", ("central",)),
    *_all("brazil", ("south", "southeast")),
    *_all("canada", ("central", "east")),
    *_all("chile", ("central",)),
    *_all("china", ("east", "east2", "east3", "north", "north2", "north3")),
    *_all("denmark", ("east",)),
    *_all("east", ("asia", "us", "us2", "us3")),
    *_all("france", ("central", "south")),
    *_all("germany", ("north", "westcentral")),
    *_all("india", ("southcentral",)),
    *_all("indonesia", ("central",)),
    *_all("israel", ("central",)),
    *_all("italy", ("north",)),
    *_all("japan", ("east", "west")),
    *_all("jioindia", ("central", "west")),
    *_all("korea", ("central", "south")),
    *_all("malaysia", ("south", "west")),
    *_all("mexico", ("central",)),
    *_all("newzealand", ("north",)),
    *_all("norway", ("east", "west")),
    *_all("poland", ("central",)),
    *_all("qatar", ("central",)),
    *_all("southafrica", ("north", "west")),
    *_all("spain", ("central",)),
    *_all("sweden", ("central", "south")),
    *_all("switzerland", ("north", "west")),
    *_all("taiwan", ("north", "northwest")),
    *_all("uae", ("central", "north")),
    *_all("uk", ("south", "west")),
    *_all("usdod", ("central", "east")),
    *_all("usgov", ("arizona", "texas", "virginia")),
    *_all("west", ("centralus", "europe", "india", "us", "us2", "us3")),
    *("centralindia", "centralus", "northcentralus", "northeurope"),
    *("southcentralus", "southeastasia", "southindia"),
}
_REGIONS = {"aws": frozenset(_AWS), "gcp": frozenset(_GCP), "azure": frozenset(_AZURE)}


def regions_of(cloud: str) -> frozenset[str]:
    """The names that the API of a cloud uses; Azure's display names lose their blanks.

    Args:
        cloud: aws, gcp or azure.
    """
    return _REGIONS[cloud]


def api_name(cloud: str, region: str) -> str:
    """A region as the API writes it: Azure takes "West Europe", too."""
    return region.replace(" ", "").lower() if cloud == "azure" else region
