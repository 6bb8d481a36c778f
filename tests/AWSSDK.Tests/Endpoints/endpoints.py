"""Writes endpoints.txt: what botocore's endpoint rule sets answer for every region it lists. Needs botocore only.

    python3 endpoints.py > endpoints.txt
"""
import botocore
import botocore.session
from botocore.endpoint_provider import EndpointProvider
from botocore.exceptions import EndpointProviderError

loader = botocore.session.get_session().get_component("data_loader")
partitions = loader.load_data("partitions")
regions = sorted(name for partition in partitions["partitions"] for name in partition["regions"])

print(f"# botocore {botocore.__version__}: service region standard fips dualstack fips+dualstack; '-' where the rules refuse")
for service in ("ecs", "ecr", "logs"):
    rules = loader.load_service_model(service, "endpoint-rule-set-1")
    provider = EndpointProvider(rules, partitions)
    for region in regions:
        hosts = []
        for dual_stack in (False, True):
            for fips in (False, True):
                try:
                    answer = provider.resolve_endpoint(Region=region, UseFIPS=fips, UseDualStack=dual_stack)
                    hosts.append(answer.url.removeprefix("https://"))
                except EndpointProviderError:
                    hosts.append("-")
        print(service, region, *hosts)
