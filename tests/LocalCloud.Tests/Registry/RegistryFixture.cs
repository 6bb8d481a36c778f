using System.Text.Json.Nodes;
using Slipway.LocalCloud.Tests.Support;

namespace Slipway.LocalCloud.Tests.Registry;

/// <summary>A cloud with a client that is logged in to its registry.</summary>
internal abstract class RegistryFixture : CloudFixture
{
    protected HttpClient Http { get; private set; } = null!;

    [OneTimeSetUp]
    public void LogIn() => Http = Cloud.LoggedIn();

    [OneTimeTearDown]
    public void LogOut() => Http.Dispose();

    /// <summary>Makes a repository of its own for a test.</summary>
    protected async Task<(string Name, RegistryClient Client)> RepositoryAsync(string mutability = "MUTABLE", string prefix = "test")
    {
        var name = Unique(prefix);
        await Signed.OkAsync("ecr", "CreateRepository", new JsonObject { ["repositoryName"] = name, ["imageTagMutability"] = mutability });
        return (name, new RegistryClient(Http, name));
    }
}
