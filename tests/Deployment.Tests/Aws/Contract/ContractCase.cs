namespace Slipway.Deployment.Tests.Aws.Contract;

/// <summary>What one operation of AWS does, as the pipeline relies on it.</summary>
/// <param name="Permission">The operation: "ecs:UpdateService".</param>
/// <param name="Name">What is special about the case; no two have the same.</param>
/// <param name="Expected">What AWS answers, in the case's own words.</param>
/// <param name="AskAsync">Asks through the product's adapters.</param>
public sealed record ContractCase(string Permission, string Name, string Expected, Func<object, Task<string>> AskAsync)
{
    /// <inheritdoc />
    public override string ToString() => $"{Permission}: {Name}";
}
