using System.Text.Json;

namespace Slipway.EndToEnd.Tests.Support;

/// <summary>One copy with the service deployed, without an engine; every test leaves a service that answers.</summary>
internal abstract class DeployedFixture
{
    protected Checkout Checkout { get; private set; } = null!;

    /// <summary>The deployment that the fixture began with.</summary>
    protected ScriptRun First { get; private set; } = null!;

    /// <summary>Whether the first deployment has to pass the service's tests.</summary>
    protected virtual bool BeginsWithTests => false;

    [OneTimeSetUp]
    public async Task DeployAsync()
    {
        Checkout = Checkout.Create();
        if (!BeginsWithTests) Checkout.LeaveOutTests();
        First = await Checkout.RunAsync("--target=Deploy");
        // Later deploys are about what comes after the gate.
        if (BeginsWithTests) Checkout.LeaveOutTests();
    }

    [SetUp]
    public async Task ServiceAnswersAsync()
    {
        if (First.ExitCode != 0 || await Checkout.AnswersAsync()) return;
        await Checkout.RunAsync("--target=Deploy");
    }

    [OneTimeTearDown]
    public async Task DeleteAsync() => await Checkout.DisposeAsync();

    protected JsonElement Artifact(string name) =>
        JsonDocument.Parse(File.ReadAllText(Checkout.PathOf("artifacts", "deploy", "local", name))).RootElement;

    /// <summary>Gives the service another image.</summary>
    protected void Change(string what) => File.WriteAllText(
        Checkout.PathOf("src", "StreamMlService", "Change.cs"),
        $"namespace StreamMlService; internal static class Change {{ public const string What = \"{what}\"; }}");
}
