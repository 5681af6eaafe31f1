"""The regions that each cloud has, to tell a slip; a region that is newer than this list works.

Sources, as of November 2026: botocore's endpoints.json (AWS, all partitions), Google Cloud's
"Regions and zones", and Azure's `az account list-locations` with the sovereign clouds.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_REGIONS = {
    "aws": _words(
        "af-south-1 ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3"
        " ap-south-1 ap-south-2 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4"
        " ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-central-1 ca-west-1 cn-north-1"
        " cn-northwest-1 eu-central-1 eu-central-2 eu-isoe-west-1 eu-north-1 eu-south-1"
        " eu-south-2 eu-west-1 eu-west-2 eu-west-3 eusc-de-east-1 il-central-1 me-central-1"
        " me-south-1 mx-central-1 sa-east-1 us-east-1 us-east-2 us-gov-east-1 us-gov-west-1"
        " us-iso-east-1 us-iso-west-1 us-isob-east-1 us-isob-west-1 us-isof-east-1"
        " us-isof-south-1 us-west-1 us-west-2"
    ),
    "gcp": _words(
        "africa-south1 asia-east1 asia-east2 asia-northeast1 asia-northeast2"
        " asia-northeast3 asia-south1 asia-south2 asia-southeast1 asia-southeast2"
        " asia-southeast3 australia-southeast1 australia-southeast2 europe-central2"
        " europe-north1 europe-north2 europe-southwest1 europe-west1 europe-west10"
        " europe-west12 europe-west2 europe-west3 europe-west4 europe-west6 europe-west8"
        " europe-west9 me-central1 me-central2 me-west1 northamerica-northeast1"
        " northamerica-northeast2 northamerica-south1 southamerica-east1 southamerica-west1"
        " us-central1 us-east1 us-east4 us-east5 us-south1 us-west1 us-west2 us-west3"
        " us-west4"
    ),
    "azure": _words(
        "australiacentral australiacentral2 australiaeast australiasoutheast austriaeast"
        " belgiumcentral brazilsouth brazilsoutheast canadacentral canadaeast centralindia"
        " centralus chilecentral chinaeast chinaeast2 chinaeast3 chinanorth chinanorth2"
        " chinanorth3 denmarkeast eastasia eastus eastus2 eastus3 francecentral francesouth"
        " germanynorth germanywestcentral indiasouthcentral indonesiacentral israelcentral"
        " italynorth japaneast japanwest jioindiacentral jioindiawest koreacentral"
        " koreasouth malaysiasouth malaysiawest mexicocentral newzealandnorth northcentralus"
        " northeurope norwayeast norwaywest polandcentral qatarcentral southafricanorth"
        " southafricawest southcentralus southeastasia southindia spaincentral swedencentral"
        " swedensouth switzerlandnorth switzerlandwest taiwannorth taiwannorthwest"
        " uaecentral uaenorth uksouth ukwest usdodcentral usdodeast usgovarizona usgovtexas"
        " usgovvirginia westcentralus westeurope westindia westus westus2 westus3"
    ),
}


def regions_of(cloud: str) -> frozenset[str]:
    """The names that the API of a cloud uses; Azure's display names lose their blanks.

    Args:
        cloud: aws, gcp or azure.
    """
    return _REGIONS[cloud]


def api_name(cloud: str, region: str) -> str:
    """A region as the API writes it: Azure takes "West Europe", too."""
    return region.replace(" ", "").lower() if cloud == "azure" else region
