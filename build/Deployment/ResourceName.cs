namespace Slipway.Deployment;

/// <summary>The short name of an AWS resource.</summary>
public static class ResourceName
{
    /// <summary>What stands behind the last slash: "family:8" of "arn:…:task-definition/family:8"; a name alone stays as it is.</summary>
    public static string Of(string nameOrArn)
    {
        ArgumentNullException.ThrowIfNull(nameOrArn);
        return nameOrArn[(nameOrArn.LastIndexOf('/') + 1)..];
    }
}
