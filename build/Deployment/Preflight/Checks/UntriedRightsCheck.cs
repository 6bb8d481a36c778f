using Slipway.Deployment.Settings;

namespace Slipway.Deployment.Preflight.Checks;

/// <summary>The rights that change something: no request tells whether the caller has them without doing so.</summary>
internal sealed class UntriedRightsCheck(DeploymentSettings settings) : ICheck
{
    private const string Push = "ecr:InitiateLayerUpload, ecr:UploadLayerPart, ecr:CompleteLayerUpload, ecr:PutImage";

    public string Name => "rights to change";

    public Task<CheckNode> RunAsync(CancellationToken cancellationToken)
    {
        List<string> rights = [];
        if (settings.StartsFrom is null) rights.Add(Push);
        if (settings.TaskDefinition is not TaskDefinitionSource.Revision) rights.Add("ecs:RegisterTaskDefinition");
        if (settings.TaskDefinition is not TaskDefinitionSource.Revision) rights.Add("iam:PassRole");
        rights.Add("ecs:UpdateService");
        return Task.FromResult(CheckNode.Skip(Name, $"{string.Join(", ", rights)} cannot be tried without changing anything: see docs/permissions.md"));
    }
}
