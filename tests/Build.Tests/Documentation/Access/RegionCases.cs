using Slipway.Deployment.Settings;
using Slipway.Deployment.Tests.Support;

namespace Slipway.Build.Tests.Documentation.Access;

/// <summary>Regions and names that do not belong together.</summary>
internal static class RegionCases
{
    private const string WithoutRegion = """{ "repository": "stream-ml-service", "cluster": "emotional-parrot", "service": "stream-ml-service-1" }""";

    public static async Task<IReadOnlyList<PageCase>> AllAsync() =>
    [
        await ToldEnding.CaseAsync(
            "no-region", "Neither the command line, nor `AWS_REGION`, nor `AWS_DEFAULT_REGION`, nor the environment's file names a region.", "Run",
            () => Task.FromResult(SettingsReader.Read(
                Sources.Of(["--environment=production"], [], Sources.FilesWith("production", WithoutRegion))).Require())),
        await Failing.SettingsAsync(
            "wrong-region", "The cluster is given as an ARN of another region. Image, repository and log group are compared in the same way.",
            "AWS_REGION=us-east-1", "ECS_CLUSTER=arn:aws:ecs:eu-west-1:123456789012:cluster/emotional-parrot"),
        await Failing.SettingsAsync(
            "repository-address", "The secret `ECR_REPOSITORY` holds the repository's address, or that of an image.",
            "ECR_REPOSITORY=123456789012.dkr.ecr.us-east-1.amazonaws.com/stream-ml-service:latest"),
        await Failing.SettingsAsync(
            "service-arn", "The service is given as an ARN.", "ECS_SERVICE=arn:aws:ecs:us-east-1:123456789012:service/emotional-parrot/stream-ml-service-1"),
    ];
}
