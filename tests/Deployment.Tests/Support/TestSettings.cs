using Slipway.Deployment.Settings;

namespace Slipway.Deployment.Tests.Support;

/// <summary>Settings and their sources for tests.</summary>
internal static class TestSettings
{
    public static DeploymentSettings Local { get; } = new()
    {
        Environment = "local",
        Region = "us-east-1",
        AccountId = "123456789012",
        Repository = "stream-ml-service",
        Cluster = "emotional-parrot",
        Service = "stream-ml-service-1",
        TaskDefinition = new TaskDefinitionSource.File("infra/ecs-task-def.json"),
        Project = "src/App/App.csproj",
        Dockerfile = "src/App/Dockerfile",
        Platform = "linux/amd64",
    };
}
