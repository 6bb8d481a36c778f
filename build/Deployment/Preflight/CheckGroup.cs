using Slipway.Deployment.Services;

namespace Slipway.Deployment.Preflight;

/// <summary>Checks under one headline.</summary>
/// <param name="Name">The headline.</param>
/// <param name="Checks">They run side by side.</param>
internal sealed record CheckGroup(string Name, IReadOnlyList<ICheck> Checks)
{
    /// <summary>Runs all of them; a check that breaks is a node that says so, and the others go on.</summary>
    public async Task<CheckNode> RunAsync(CancellationToken cancellationToken) =>
        CheckNode.Group(Name, await Task.WhenAll(Checks.Select(check => RunAsync(check, cancellationToken))));

    private static async Task<CheckNode> RunAsync(ICheck check, CancellationToken cancellationToken)
    {
        try
        {
            return await check.RunAsync(cancellationToken);
        }
        catch (SlipwayException failure)
        {
            return CheckNode.Ng(check.Name, failure.Message, failure.Remedy);
        }
        catch (TransientServiceException failure)
        {
            return CheckNode.Ng(check.Name, failure.Message, failure.Remedy);
        }
    }
}
