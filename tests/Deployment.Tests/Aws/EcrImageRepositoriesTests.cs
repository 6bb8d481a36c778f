using Newtonsoft.Json.Linq;
using Slipway.Deployment.Aws;
using Slipway.Deployment.Images;

namespace Slipway.Deployment.Tests.Aws;

public sealed class EcrImageRepositoriesTests : AwsStubFixture
{
    private EcrImageRepositories Ecr => new(Connection, TimeProvider.System);

    [Test]
    public async Task A_repository_is_asked_for_with_all_that_it_shall_be()
    {
        Stub.On("CreateRepository", """
            { "repository": { "repositoryName": "web", "repositoryUri": "127.0.0.1:4570/web", "imageTagMutability": "IMMUTABLE" } }
            """);

        var made = await Ecr.CreateAsync("web", RepositoryDefaults.Settings, RepositoryDefaults.Tags("production"), CancellationToken.None);

        Assert.That(made, Is.EqualTo(new ImageRepository("web", "127.0.0.1:4570/web", true)));
        Assert.That(
            JToken.DeepEquals(JToken.Parse(Stub.BodyOf("CreateRepository")), JToken.Parse("""
                {
                  "repositoryName": "web",
                  "tags": [{ "Key": "slipway:environment", "Value": "production" }, { "Key": "slipway:managed-by", "Value": "slipway" }],
                  "imageTagMutability": "IMMUTABLE",
                  "imageScanningConfiguration": { "scanOnPush": true },
                  "encryptionConfiguration": { "encryptionType": "AES256" }
                }
                """)),
            Is.True, Stub.BodyOf("CreateRepository"));
    }

    [Test]
    public async Task A_caller_that_may_not_make_it_is_told_the_right()
    {
        Stub.OnError("CreateRepository", "AccessDeniedException", "User: arn:aws:iam::1:user/ci is not authorized to perform: ecr:CreateRepository");

        var failure = await Assert.ThrowsAsync<SlipwayException>(
            () => Ecr.CreateAsync("web", RepositoryDefaults.Settings, RepositoryDefaults.Tags("production"), CancellationToken.None));

        Assert.That(failure.ExitCode, Is.EqualTo(ExitCode.PreconditionFailed));
        Assert.That(failure.Message, Does.StartWith("failed to create repository 'web': AccessDeniedException"));
        Assert.That(failure.Remedy, Does.Contain("ecr:CreateRepository"));
    }
}
