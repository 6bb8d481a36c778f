namespace Slipway.Deployment.Preflight;

/// <summary>One thing to look at. It changes nothing, and what it cannot know it says as a node, not as an exception.</summary>
internal interface ICheck
{
    /// <summary>What it is about, for the node of a check that broke.</summary>
    string Name { get; }

    /// <summary>Looks.</summary>
    Task<CheckNode> RunAsync(CancellationToken cancellationToken);
}
