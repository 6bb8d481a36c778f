using System.Text.Json.Nodes;

namespace Slipway.LocalCloud.Ecs.Model;

/// <summary>
/// A registered revision. The document stays as it was sent, members unknown to this program included,
/// so that AWS's new members survive a round trip.
/// </summary>
internal sealed record TaskDefinition
{
    public const string Active = "ACTIVE";
    public const string Inactive = "INACTIVE";

    public required string Family { get; init; }

    public required int Revision { get; init; }

    public string Status { get; init; } = Active;

    /// <summary>The members of RegisterTaskDefinition, without tags.</summary>
    public required JsonObject Document { get; init; }

    public JsonArray Tags { get; init; } = [];

    public required DateTimeOffset RegisteredAt { get; init; }

    public DateTimeOffset? DeregisteredAt { get; init; }

    public string Arn => Names.TaskDefinition(Family, Revision);
}
