"""Deploys a synthesized template to moto, an emulator of AWS in memory, as far as it goes.

pip install 'moto[all]' boto3, then: python e2e/moto/deploy.py cdk.out/prod.template.json
What moto cannot make is left out together with what refers to it, and listed. Exit code 1 where the rest fails, or
where a subnet, role, queue or bucket of the template is not there afterwards.
"""

import importlib
import json
import os
import pkgutil
import sys

for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
    os.environ[name] = "emulated"

import boto3
import moto
from moto.core.common_models import CloudFormationModel


def known_types() -> set[str]:
    """Resource types that moto has a model for."""
    for module in pkgutil.iter_modules(moto.__path__):
        try:
            importlib.import_module(f"moto.{module.name}.models")
        except ImportError:
            pass  # a service whose own packages are not installed, or without models

    def below(cls):
        for child in cls.__subclasses__():
            yield child
            yield from below(child)

    return {model.cloudformation_type() for model in below(CloudFormationModel)}


def refers_to(value, names: set[str]) -> bool:
    """Whether a part of a template refers to one of the names."""
    if isinstance(value, dict):
        if value.get("Ref") in names or (value.get("Fn::GetAtt") or [None])[0] in names:
            return True
        return any(refers_to(inner, names) for inner in value.values())
    return isinstance(value, list) and any(refers_to(inner, names) for inner in value)


def cut(template: dict) -> tuple[dict, dict[str, list[str]]]:
    """The part that moto can make, and what was left out by why."""
    resources = dict(template["Resources"])
    known = known_types()
    unknown = [name for name, one in resources.items() if one["Type"] not in known]
    code = [name for name, one in resources.items() if one["Type"].startswith("AWS::Lambda::")]
    left = {"moto has no model": sorted(unknown), "code is not uploaded": sorted(code), "refers to one of those": []}
    gone = {*unknown, *code}
    while True:
        more = {n for n, one in resources.items() if n not in gone and refers_to(one.get("Properties"), gone)}
        if not more:
            break
        gone |= more
        left["refers to one of those"] += sorted(more)
    for name, one in resources.items():
        depends = [one["DependsOn"]] if isinstance(one.get("DependsOn"), str) else one.get("DependsOn", [])
        one["DependsOn"] = [name for name in depends if name not in gone]
        if one["Type"] == "AWS::SSM::Parameter":
            one["Properties"].setdefault("Name", name)  # AWS makes one up
        if one["Type"] == "AWS::KMS::Key":
            one["Properties"].pop("Tags", None)  # moto 5.2 reads TagKey, which only the API of KMS has
    kept = {name: one for name, one in resources.items() if name not in gone}
    return {**template, "Resources": kept, "Outputs": {}}, left


def deploy(template: dict, region: str) -> list[str]:
    """Makes the stack; what is not there afterwards."""
    boto3.setup_default_session(region_name=region)
    boto3.client("ssm").put_parameter(Name="/cdk-bootstrap/hnb659fds/version", Value="21", Type="String")
    boto3.client("cloudformation").create_stack(
        StackName="emulated", TemplateBody=json.dumps(template), Capabilities=["CAPABILITY_NAMED_IAM"]
    )
    there = {
        "AWS::EC2::Subnet": {s["CidrBlock"] for s in boto3.client("ec2").describe_subnets()["Subnets"]},
        "AWS::IAM::Role": {r["RoleName"] for r in boto3.client("iam").list_roles()["Roles"]},
        "AWS::S3::Bucket": {b["Name"] for b in boto3.client("s3").list_buckets()["Buckets"]},
        "AWS::SQS::Queue": {u.split("/")[-1] for u in boto3.client("sqs").list_queues().get("QueueUrls", [])},
    }
    names = {"AWS::EC2::Subnet": "CidrBlock", "AWS::IAM::Role": "RoleName", "AWS::S3::Bucket": "BucketName",
             "AWS::SQS::Queue": "QueueName"}
    return [
        f"{one['Type']} {wanted}"
        for one in template["Resources"].values()
        if isinstance(wanted := one.get("Properties", {}).get(names.get(one["Type"], "")), str)
        and wanted not in there[one["Type"]]
    ]


def main(path: str) -> int:
    with open(path, encoding="utf-8") as file:
        template, left = cut(json.load(file))
    for why, names in left.items():
        print(f"left out, {why}: {len(names)}")
        for name in names:
            print(f"  {name}")
    zones = {one["Properties"]["AvailabilityZone"] for one in template["Resources"].values()
             if one["Type"] == "AWS::EC2::Subnet"}
    region = min(zones)[:-1] if zones else "us-east-1"
    with moto.mock_aws():
        missing = deploy(template, region)
    print(f"moto {moto.__version__} made {len(template['Resources'])} resources in {region}")
    for name in missing:
        print(f"missing: {name}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
