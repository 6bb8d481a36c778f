using Slipway.Deployment.Services;
using Slipway.Deployment.Settings;

namespace Slipway.Deployment.Tests.Rollouts.Scenarios;

/// <summary>What ECS shows from a moment on.</summary>
/// <param name="At">In seconds since the wait began.</param>
/// <param name="Service">The service; null: none of this name.</param>
/// <param name="Deployment">Our service deployment; null: not shown.</param>
/// <param name="Tasks">The tasks.</param>
internal sealed record Scene(double At, ServiceState? Service, ServiceDeploymentState? Deployment, IReadOnlyList<TaskState> Tasks);

/// <summary>A rollout as data: what ECS shows when, what goes wrong on the way, and how the wait must end.</summary>
internal sealed record Scenario(string Name)
{
    public IReadOnlyList<Scene> Scenes { get; init; } = [];

    /// <summary>Gives the exception of a call, by its time and name; null: it is answered.</summary>
    public Func<double, string, Exception?> Trouble { get; init; } = (_, _) => null;

    public IReadOnlyList<(double At, TimeSpan By)> ClockSteps { get; init; } = [];

    public RolloutSettings Settings { get; init; } = new();

    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(10);

    public string? Previous { get; init; } = Given.OldRevision;

    public bool OffersServiceDeployments { get; init; } = true;

    /// <summary>Whether deployment.json names the service deployment.</summary>
    public bool KnowsArn { get; init; } = true;

    public bool NothingToDo { get; init; }

    public double? CancelledAt { get; init; }

    public string? Verdict { get; private init; }

    public ExitCode ExitCode { get; private init; }

    /// <summary>What the person must be told.</summary>
    public IReadOnlyList<string> Words { get; private init; } = [];

    /// <summary>When the wait must have ended, in seconds.</summary>
    public double EndsBy { get; init; } = double.MaxValue;

    public Scenario At(double seconds, ServiceState? service, ServiceDeploymentState? deployment, params TaskState[] tasks) =>
        this with { Scenes = [.. Scenes, new Scene(seconds, service, deployment, tasks)] };

    public Scenario At(double seconds, ServiceState? service, string status, params TaskState[] tasks) => At(seconds, service, Scenery.Ours(status), tasks);

    public Scenario Ends(string? verdict, ExitCode exitCode, params string[] words) =>
        this with { Verdict = verdict, ExitCode = exitCode, Words = words };

    public Scenario By(double seconds) => this with { EndsBy = seconds };

    /// <summary>The same on an endpoint without service deployments.</summary>
    public Scenario ById() => this with { Name = $"{Name}, by deployment id", OffersServiceDeployments = false, KnowsArn = false };

    public override string ToString() => Name;
}
