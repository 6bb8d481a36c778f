using Slipway.Deployment.Images;

namespace Slipway.Deployment.Tests.Images;

internal sealed class PushRefusalsTests
{
    [TestCase(PushRefusalKind.TagTaken, "choose another tag", """
        tag invalid: The image tag 'v1' already exists in the 'web' repository and cannot be overwritten because the repository is immutable.
        """)]
    [TestCase(PushRefusalKind.TagTaken, "choose another tag", """
        failed to write the manifest 'h/web:v1': HTTP 400 TAG_INVALID: The image tag 'v1' already exists in the 'web' repository and cannot be overwritten because the tag is immutable.
        """)]
    [TestCase(PushRefusalKind.LoginEnded, "--target=EcrLogin", "no basic auth credentials")]
    [TestCase(PushRefusalKind.LoginEnded, "--target=EcrLogin", "denied: Your authorization token has expired. Reauthenticate and try again.")]
    [TestCase(PushRefusalKind.LoginEnded, "--target=EcrLogin", "unauthorized: authentication required")]
    [TestCase(PushRefusalKind.LoginEnded, "--target=EcrLogin", "failed to begin an upload to 'web': HTTP 401 UNAUTHORIZED: Not Authorized")]
    [TestCase(PushRefusalKind.Final, "allow this identity ecr:InitiateLayerUpload", """
        denied: User: arn:aws:iam::123456789012:user/ci is not authorized to perform: ecr:InitiateLayerUpload on resource: arn:aws:ecr:us-east-1:123456789012:repository/web because no identity-based policy allows the ecr:InitiateLayerUpload action
        """)]
    [TestCase(PushRefusalKind.Final, "ecr:PutImage", "denied: requested access to the resource is denied")]
    [TestCase(PushRefusalKind.Final, "--create-repository", "name unknown: The repository with name 'web' does not exist in the registry with id '123456789012'")]
    [TestCase(PushRefusalKind.Final, "higher quota", """
        failed to finish the upload of 'sha256:1': HTTP 400 LimitExceededException: The layer part size limit has been exceeded
        """)]
    [TestCase(PushRefusalKind.Final, "free some space", "write /var/lib/docker/tmp/x: no space left on device")]
    [TestCase(PushRefusalKind.Final, "trust the registry", "Get \"https://h/v2/\": tls: failed to verify certificate: x509: certificate signed by unknown authority")]
    [TestCase(PushRefusalKind.Passing, "run the same command", "EOF")]
    [TestCase(PushRefusalKind.Passing, "run the same command", "Put \"https://h/v2/web/blobs/uploads/1\": write tcp 10.0.0.1:1->10.0.0.2:443: write: connection reset by peer")]
    [TestCase(PushRefusalKind.Passing, "run the same command", "toomanyrequests: Rate exceeded")]
    [TestCase(PushRefusalKind.Passing, "run the same command", "received unexpected HTTP status: 503 Service Unavailable")]
    [TestCase(PushRefusalKind.Final, "run the same command", "something that nobody has seen")]
    public void A_refusal_is_told_in_the_registrys_words_with_what_to_do(PushRefusalKind kind, string remedy, string line)
    {
        var refusal = PushRefusals.Read(["The push refers to repository [h/web]", "5f70bf18a086: Preparing", line, ""]);

        Assert.Multiple(() =>
        {
            Assert.That(refusal.Kind, Is.EqualTo(kind));
            Assert.That(refusal.Words, Is.EqualTo(line.Trim()));
            Assert.That(refusal.Remedy, Does.Contain(remedy));
        });
    }

    [Test]
    public void A_push_that_said_nothing_is_told_as_that() =>
        Assert.That(PushRefusals.Read([]).Words, Is.EqualTo("nothing was said"));

    [Test]
    public void The_words_are_one_line_without_control_characters() =>
        Assert.That(PushRefusals.Read(["\u001b[31mEOF\u001b[0m"]).Words, Does.Not.Contain('\u001b'));
}
