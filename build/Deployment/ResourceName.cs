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

    /// <summary>The family of a task definition: "family" of "arn:…:task-definition/family:8" and of "family:8".</summary>
    public static string FamilyOf(string nameOrArn) => Of(nameOrArn).Split(':')[0];
}
