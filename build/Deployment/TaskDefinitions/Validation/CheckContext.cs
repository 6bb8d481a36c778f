namespace Slipway.Deployment.TaskDefinitions.Validation;

/// <summary>What a task definition is checked against.</summary>
/// <param name="Region">The region of the deployment.</param>
/// <param name="AccountId">The account that the environment is pinned to; null where it is not.</param>
/// <param name="Container">The container that gets the image; null: the only one, or the one named like the family.</param>
public sealed record CheckContext(string Region, string? AccountId, string? Container);
