namespace Slipway.Deployment.Settings;

/// <summary>How far WaitStable waits: "stable", "deployed", or a lifecycle stage of a blue/green, linear or canary deployment.</summary>
/// <param name="Text">As it is typed.</param>
public sealed record WaitUntil(string Text)
{
    /// <summary>The deployment is successful, and every task that shall run does.</summary>
    public static WaitUntil Stable { get; } = new("stable");

    /// <summary>The deployment is successful; tasks that died since are not waited for.</summary>
    public static WaitUntil Deployed { get; } = new("deployed");

    /// <summary>The stages in the order in which ECS passes through them (ECS API reference, ServiceDeployment, lifecycleStage).</summary>
    public static IReadOnlyList<string> Stages => stages;

    private static readonly string[] stages =
    [
        "RECONCILE_SERVICE", "PRE_SCALE_UP", "SCALE_UP", "POST_SCALE_UP", "TEST_TRAFFIC_SHIFT", "POST_TEST_TRAFFIC_SHIFT",
        "PRODUCTION_TRAFFIC_SHIFT", "POST_PRODUCTION_TRAFFIC_SHIFT", "BAKE_TIME", "CLEAN_UP",
    ];

    /// <summary>The stage that is waited for; null where the whole deployment is.</summary>
    public string? Stage => Position(Text) < 0 ? null : Text;

    /// <summary>Every value, as the option offers them.</summary>
    internal static IReadOnlyList<string> Choices { get; } = [Stable.Text, Deployed.Text, .. Stages];

    /// <summary>Whether a stage is the awaited one or a later one: short stages may pass between two looks.</summary>
    public bool IsReachedBy(string? stage) => stage is not null && Stage is not null && Position(stage) >= Position(Text);

    private static int Position(string stage) => Array.IndexOf(stages, stage);
}
