using Slipway.Deployment.Aws;

namespace Slipway.Deployment.Preflight;

/// <summary>What became of a question to the cloud: a value, a failure, or nothing because it was not asked.</summary>
/// <typeparam name="T">What it answers with.</typeparam>
internal sealed record Answer<T>
{
    /// <summary>The value; meaningful where <see cref="HasValue"/>.</summary>
    public T? Value { get; private init; }

    /// <summary>Whether it was answered.</summary>
    public bool HasValue { get; private init; }

    /// <summary>Why it was not answered; null where it was, or where it was not asked.</summary>
    public Refusal? Refusal { get; private init; }

    /// <summary>Why it was not asked: "the caller is not known"; null where it was.</summary>
    public string? Because { get; private init; }

    public static Answer<T> Of(T value) => new() { Value = value, HasValue = true };

    public static Answer<T> Failed(Refusal refusal) => new() { Refusal = refusal };

    public static Answer<T> NotAsked(string because) => new() { Because = because };

    /// <summary>The node of a check that has no value to look at.</summary>
    /// <param name="name">The check's.</param>
    /// <param name="isNeeded">Whether a deployment asks the same: then an answer that says "no" is NG.</param>
    public CheckNode Explain(string name, bool isNeeded) => Refusal is { } refusal
        ? refusal.Explain(name, isNeeded)
        : CheckNode.Skip(name, $"because {Because}");
}

/// <summary>Why a question was not answered.</summary>
/// <param name="Message">As the failure tells it.</param>
/// <param name="Remedy">What to try; null where there is nothing to say.</param>
internal sealed record Refusal(string Message, string? Remedy)
{
    /// <summary>A denial; null where the caller may ask.</summary>
    public Denial? Denial { get; init; }

    /// <summary>The right that was asked for: "ec2:DescribeSubnets".</summary>
    public required string Right { get; init; }

    /// <summary>The service's error code: "RepositoryNotFoundException"; null where no service answered.</summary>
    public string? Code { get; init; }

    /// <summary>Whether another try may help: throttling, an outage, a dropped connection.</summary>
    public bool IsPassing { get; init; }

    /// <summary>Whether the endpoint does not know the operation.</summary>
    public bool IsNotOffered { get; init; }

    public CheckNode Explain(string name, bool isNeeded) => this switch
    {
        { Denial: not null } => CheckNode.Skip(
            name, $"because the caller lacks {Right}", isNeeded ? null : $"allow the caller {Right} to have this checked; a deployment does without"),
        { IsNotOffered: true } => CheckNode.Skip(name, $"the endpoint does not offer {Right}"),
        _ when isNeeded => CheckNode.Ng(name, Message, Remedy),
        _ => CheckNode.Skip(name, $"{Right} could not be asked: {Message}"),
    };
}
