"""Creates a stack of a template at an endpoint, and prints as JSON what is there afterwards, read through the services' own APIs.

Usage: create_stack.py ENDPOINT TEMPLATE, with the parameters as a JSON object on standard input. "$vpc" and "$subnets" stand for the
endpoint's own; "$make" lists what is there before the stack: "user:NAME", "cluster:NAME", "family:NAME", "provider:HOST".
"""
import ast
import json
import re
import sys

import boto3
from botocore.exceptions import ClientError

endpoint, template = sys.argv[1:3]
session = boto3.Session("test", "test", region_name="us-east-1")


def client(service):
    return session.client(service, endpoint_url=endpoint)


cfn, ec2, ecr, ecs, iam, logs = map(client, ["cloudformation", "ec2", "ecr", "ecs", "iam", "logs"])
subnets = ec2.describe_subnets()["Subnets"]
account = client("sts").get_caller_identity()["Account"]

given = json.load(sys.stdin)
for need in given.pop("$make", []):
    kind, _, name = need.partition(":")
    if kind == "user":
        iam.create_user(UserName=name)
    if kind == "cluster":
        ecs.create_cluster(clusterName=name)
    if kind == "family":
        ecs.register_task_definition(family=name, containerDefinitions=[{"name": name, "image": "x", "memory": 128}])
    if kind == "provider":
        iam.create_open_id_connect_provider(Url=f"https://{name}", ClientIDList=["sts.amazonaws.com"])
values = {"$vpc": subnets[0]["VpcId"], "$subnets": ",".join(subnet["SubnetId"] for subnet in subnets[:2])}
parameters = [{"ParameterKey": name, "ParameterValue": values.get(value, value)} for name, value in given.items()]

with open(template, encoding="utf-8") as file:
    cfn.create_stack(StackName="slipway", TemplateBody=file.read(), Parameters=parameters, Capabilities=["CAPABILITY_NAMED_IAM"])
stack = cfn.describe_stacks(StackName="slipway")["Stacks"][0]


def rid(text):
    """Without what differs from one endpoint to the next."""
    text = str(text).replace(account, "ACCOUNT").replace(values["$vpc"], "VPC")
    for number, subnet in enumerate(subnets):
        text = text.replace(subnet["SubnetId"], f"SUBNET{number}")
    text = re.sub(r"\bsg-[0-9a-f]+", "SG", text)
    return re.sub(r"(slipway-[A-Za-z]+)-[A-Z0-9]{12}", r"\1", text)


def flat(prefix, value, facts):
    if isinstance(value, dict):
        for key, item in value.items():
            flat(f"{prefix}.{key}", item, facts)
    elif isinstance(value, list):
        for number, item in enumerate(value):
            flat(f"{prefix}[{number}]", item, facts)
    elif value is not None and value != "":
        facts[prefix] = rid(value)


def sids(document):
    """moto keeps a document that a template wrote into a role as Python prints it."""
    document = ast.literal_eval(document) if isinstance(document, str) else document
    return " ".join(statement["Sid"] for statement in document["Statement"])


def pick(source, *names):
    return {name: source.get(name) for name in names}


facts = {}
for repository in ecr.describe_repositories()["repositories"]:
    name = repository["repositoryName"]
    try:
        rules = json.loads(ecr.get_lifecycle_policy(repositoryName=name)["lifecyclePolicyText"])["rules"]
        flat(f"repository/{name}.lifecycle", [pick(rule["selection"], "tagStatus", "countNumber") for rule in rules], facts)
    except ClientError:
        pass
    flat(f"repository/{name}", pick(repository, "imageTagMutability", "imageScanningConfiguration"), facts)
for group in logs.describe_log_groups()["logGroups"]:
    flat(f"log group/{group['logGroupName']}", pick(group, "logGroupName", "retentionInDays"), facts)
for arn in ecs.list_clusters()["clusterArns"]:
    cluster = ecs.describe_clusters(clusters=[arn])["clusters"][0]
    flat(f"cluster/{cluster['clusterName']}", pick(cluster, "status", "capacityProviders"), facts)
    for service_arn in ecs.list_services(cluster=arn)["serviceArns"]:
        service = ecs.describe_services(cluster=arn, services=[service_arn])["services"][0]
        shown = pick(service, "status", "desiredCount", "launchType", "deploymentConfiguration", "networkConfiguration",
                     "loadBalancers", "healthCheckGracePeriodSeconds")
        shown["deploymentConfiguration"] = pick(
            shown["deploymentConfiguration"] or {}, "minimumHealthyPercent", "maximumPercent", "deploymentCircuitBreaker")
        shown["family"] = service["taskDefinition"].rsplit("/", 1)[1].split(":")[0]
        flat(f"service/{service['serviceName']}", shown, facts)
for arn in ecs.list_task_definitions()["taskDefinitionArns"]:
    definition = ecs.describe_task_definition(taskDefinition=arn)["taskDefinition"]
    shown = pick(definition, "networkMode", "requiresCompatibilities", "cpu", "memory", "executionRoleArn")
    shown["container"] = pick(definition["containerDefinitions"][0], "name", "image", "essential")
    shown["port"] = (definition["containerDefinitions"][0].get("portMappings") or [{}])[0].get("containerPort")
    flat(f"family/{definition['family']}", shown, facts)
for role in iam.list_roles()["Roles"]:
    name = role["RoleName"]
    role = iam.get_role(RoleName=name)["Role"]
    trust = role["AssumeRolePolicyDocument"]["Statement"][0]
    flat(f"role/{name}", {
        "maxSessionDuration": role["MaxSessionDuration"],
        "boundary": role.get("PermissionsBoundary", {}).get("PermissionsBoundaryArn"),
        "trust": trust["Principal"],
        "condition": trust.get("Condition"),
        "managed": {rid(policy["PolicyArn"].rsplit("/", 1)[1]): policy["PolicyArn"].rsplit("/", 1)[0]
                    for policy in iam.list_attached_role_policies(RoleName=name)["AttachedPolicies"]},
        "inline": {policy: sids(iam.get_role_policy(RoleName=name, PolicyName=policy)["PolicyDocument"])
                   for policy in iam.list_role_policies(RoleName=name)["PolicyNames"]},
    }, facts)
documents = {}
for policy in iam.list_policies(Scope="Local")["Policies"]:
    version = iam.get_policy_version(PolicyArn=policy["Arn"], VersionId=policy["DefaultVersionId"])
    name = rid(policy["PolicyName"])
    documents[name] = json.loads(rid(json.dumps(version["PolicyVersion"]["Document"])))
    users = iam.list_entities_for_policy(PolicyArn=policy["Arn"])["PolicyUsers"]
    flat(f"policy/{name}", {"users": [user["UserName"] for user in users]}, facts)
    facts[f"policy/{name}.sids"] = sids(version["PolicyVersion"]["Document"])
for provider in iam.list_open_id_connect_providers()["OpenIDConnectProviderList"]:
    shown = iam.get_open_id_connect_provider(OpenIDConnectProviderArn=provider["Arn"])
    flat("provider", pick(shown, "Url", "ClientIDList"), facts)
for group in ec2.describe_security_groups()["SecurityGroups"]:
    if group["GroupName"] == "default":
        continue
    flat("security group", {
        "description": group["Description"], "network": group["VpcId"],
        "in": [[rule.get("IpProtocol"), rule.get("FromPort"), rule.get("ToPort"), [each["CidrIp"] for each in rule["IpRanges"]]]
               for rule in group["IpPermissions"]],
        "out": [[rule.get("IpProtocol"), [each["CidrIp"] for each in rule["IpRanges"]]] for rule in group["IpPermissionsEgress"]],
    }, facts)

print(json.dumps({
    "status": stack["StackStatus"],
    "outputs": {output["OutputKey"]: rid(output["OutputValue"]) for output in stack.get("Outputs", [])},
    "facts": facts,
    "documents": documents,
}))
