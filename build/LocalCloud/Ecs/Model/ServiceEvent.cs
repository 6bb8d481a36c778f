namespace Slipway.LocalCloud.Ecs.Model;

/// <summary>One line of a service's story, in the words that ECS uses.</summary>
internal sealed record ServiceEvent(string Id, DateTimeOffset CreatedAt, string Message);
