"""Reads requests as JSON lines, recomputes each signature with botocore, and prints one verdict a line: "ok", or what is wrong."""
import hashlib
import json
import sys

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.compat import HTTPHeaders
from botocore.credentials import Credentials


def field(authorization, name):
    return authorization.split(name + "=", 1)[1].split(",", 1)[0].strip()


class Verifier(SigV4Auth):
    """Signs the headers that the client says it signed, over the body that arrived."""

    def __init__(self, credentials, service, region, names):
        super().__init__(credentials, service, region)
        self.names = names

    def headers_to_sign(self, request):
        signed = HTTPHeaders()
        for name in self.names:
            signed[name] = request.headers[name]
        return signed

    def payload(self, request):
        return hashlib.sha256(request.body).hexdigest()


def verify(sent, secret):
    headers = {name.lower(): value for name, value in sent["headers"].items()}
    authorization = headers["authorization"]
    key, date, region, service, _ = field(authorization, "Credential").split("/")
    names = field(authorization, "SignedHeaders").split(";")
    body = bytes.fromhex(sent["body"])
    if missing := {"host", "x-amz-date"} - set(names):
        return f"not signed: {sorted(missing)}"
    if "x-amz-security-token" in headers and "x-amz-security-token" not in names:
        return "the session token is not signed"
    if headers.get("x-amz-content-sha256") not in (None, hashlib.sha256(body).hexdigest()):
        return f"the body's hash is {headers['x-amz-content-sha256']}"
    request = AWSRequest(sent["method"], f"http://{headers['host']}{sent['path']}", headers={name: headers[name] for name in names}, data=body)
    request.context["timestamp"] = headers["x-amz-date"]
    verifier = Verifier(Credentials(key, secret), service, region, names)
    if not headers["x-amz-date"].startswith(date):
        return "the scope is of another day"
    expected = verifier.signature(verifier.string_to_sign(request, verifier.canonical_request(request)), request)
    return "ok" if expected == field(authorization, "Signature") else f"{service}: another signature"


for line in sys.stdin:
    given = json.loads(line)
    print(verify(given["request"], given["secret"]))
