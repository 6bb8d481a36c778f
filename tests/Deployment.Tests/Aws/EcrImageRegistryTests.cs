using System.Text;
using Slipway.Deployment.Aws;
using Slipway.Deployment.Tests.Support;

namespace Slipway.Deployment.Tests.Aws;

public sealed class EcrImageRegistryTests : AwsStubFixture
{
    private readonly RecordingMask _mask = new();

    private EcrImageRegistry Ecr => new(Connection, TimeProvider.System, _mask);

    [SetUp]
    public void ForgetSecrets() => _mask.Secrets.Clear();

    [Test]
    public async Task The_login_is_decoded_and_never_shown()
    {
        var token = Convert.ToBase64String(Encoding.UTF8.GetBytes("AWS:s3cr:et"));
        Stub.On("GetAuthorizationToken", $$"""
            { "authorizationData": [{ "authorizationToken": "{{token}}", "expiresAt": 1769000000.0, "proxyEndpoint": "http://127.0.0.1:4570" }] }
            """);

        var login = await Ecr.LoginAsync(CancellationToken.None);

        Assert.That((login.UserName, login.Password, login.Endpoint), Is.EqualTo(("AWS", "s3cr:et", "http://127.0.0.1:4570")));
        Assert.That(login.ExpiresAt, Is.EqualTo(DateTimeOffset.FromUnixTimeSeconds(1769000000)));
        Assert.That(login.ToString(), Does.Not.Contain("s3cr"));
        Assert.That(_mask.Secrets, Is.EqualTo(new[] { token, "s3cr:et" }), "as it came and as docker login is given it");
    }

    [TestCase("210987654321.dkr.ecr.eu-west-1.amazonaws.com", "https://210987654321.dkr.ecr.eu-west-1.amazonaws.com")]
    [TestCase("127.0.0.1:4570", "http://127.0.0.1:4570")]
    [TestCase("ghcr.io", null)]
    public async Task A_login_is_had_for_the_registries_of_ECR_and_no_others(string host, string? endpoint)
    {
        var token = Convert.ToBase64String(Encoding.UTF8.GetBytes("AWS:s3cret"));
        Stub.On("GetAuthorizationToken", $$"""
            { "authorizationData": [{ "authorizationToken": "{{token}}", "expiresAt": 1769000000.0, "proxyEndpoint": "http://127.0.0.1:4570" }] }
            """);

        Assert.That((await Ecr.LoginToAsync(host, CancellationToken.None))?.Endpoint, Is.EqualTo(endpoint));
    }

    [TestCase("""{ "authorizationData": [] }""")]
    [TestCase("""{ "authorizationData": [{ "authorizationToken": "&&&s3cret", "expiresAt": 1, "proxyEndpoint": "x" }] }""")]
    public async Task A_login_that_cannot_be_read_is_a_failure_without_the_token(string answer)
    {
        Stub.On("GetAuthorizationToken", answer);

        var failure = await Assert.ThrowsAsync<SlipwayException>(() => Ecr.LoginAsync(CancellationToken.None));

        Assert.That(failure!.ToString(), Does.Not.Contain("s3cret"));
    }

    [Test]
    public async Task A_repository_is_told_by_the_registrys_own_address()
    {
        Stub.On("DescribeRepositories", """
            { "repositories": [{ "repositoryName": "web", "repositoryUri": "127.0.0.1:4570/web", "imageTagMutability": "IMMUTABLE" }] }
            """);

        var repository = await Ecr.GetRepositoryAsync("web", CancellationToken.None);

        Assert.That((repository.Uri, repository.ImmutableTags), Is.EqualTo(("127.0.0.1:4570/web", true)));
    }

    [Test]
    public async Task A_repository_that_does_not_exist_is_told_with_the_command_that_makes_it()
    {
        Stub.OnError("DescribeRepositories", "RepositoryNotFoundException");

        var failure = await Assert.ThrowsAsync<SlipwayException>(() => Ecr.GetRepositoryAsync("web", CancellationToken.None));

        Assert.That(failure!.Remedy, Does.Contain("aws ecr create-repository --repository-name web --region us-east-1"));
    }

    [TestCase("""{ "images": [{ "imageId": { "imageDigest": "sha256:1", "imageTag": "a" } }], "failures": [] }""", "sha256:1")]
    [TestCase("""{ "images": [], "failures": [{ "failureCode": "ImageNotFound", "failureReason": "x" }] }""", null)]
    [TestCase("{}", null)]
    public async Task An_image_is_found_by_its_tag(string answer, string? digest)
    {
        Stub.On("BatchGetImage", answer);

        Assert.That(await Ecr.FindDigestAsync("web", "a", CancellationToken.None), Is.EqualTo(digest));
    }

    [Test]
    public async Task An_image_that_ecr_cannot_read_is_a_failure()
    {
        Stub.On("BatchGetImage", """{ "failures": [{ "failureCode": "KmsError", "failureReason": "key disabled" }] }""");

        var failure = await Assert.ThrowsAsync<SlipwayException>(() => Ecr.FindDigestAsync("web", "a", CancellationToken.None));

        Assert.That(failure!.Message, Does.Contain("KmsError key disabled"));
    }
}
