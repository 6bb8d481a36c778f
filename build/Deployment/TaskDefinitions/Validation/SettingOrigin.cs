using Slipway.Deployment.TaskDefinitions.Json;

namespace Slipway.Deployment.TaskDefinitions.Validation;

/// <summary>Annotates a token that a setting wrote, so that a finding names the setting and not a line of the file.</summary>
/// <param name="Name">"--env", "infra/environments/local.json".</param>
internal sealed record SettingOrigin(string Name)
{
    /// <summary>The place in that file; null for anything else.</summary>
    public TextPosition? Position { get; init; }
}
