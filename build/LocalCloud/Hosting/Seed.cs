using Slipway.LocalCloud.Images;
using Slipway.LocalCloud.Logs;
using Slipway.LocalCloud.Protocol;
using Slipway.LocalCloud.State;

namespace Slipway.LocalCloud.Hosting;

/// <summary>What the account holds at first, in the image of the real one: the repository and the log group. ECS seeds its own part.</summary>
internal sealed class Seed(StateFolder state, RepositoryStore repositories, LogStore logs, TimeProvider time)
{
    private const string Marker = "seed.json";

    /// <summary>Once for a state folder: what somebody deletes stays deleted.</summary>
    public void Apply()
    {
        if (state.Read<Document>(Marker) is not null) return;
        repositories.TryAdd(new Repository(Account.Repository, time.GetUtcNow(), Immutable: true));
        logs.TryCreate(Account.LogGroup);
        state.Write(Marker, new Document(Schema: 1));
    }

    private sealed record Document(int Schema);
}
