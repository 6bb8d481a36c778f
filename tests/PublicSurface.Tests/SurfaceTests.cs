using System.Reflection;
using System.Runtime.CompilerServices;

namespace PublicSurface.Tests;

/// <summary>
/// The public surface of each edition is a file beside these tests. A change of it is a change of the file, and so seen in
/// a review. With UpstreamPackages=true the same files are what the real packages must have at least.
/// </summary>
internal sealed class SurfaceTests
{
    private const string UpdateVariable = "UPDATE_SURFACES";

    private static readonly Dictionary<string, Assembly> Editions = new[]
    {
        typeof(Cake.Frosting.CakeHost).Assembly,
        typeof(Cake.Docker.DockerAliases).Assembly,
        typeof(Amazon.ECS.AmazonECSClient).Assembly,
        typeof(Amazon.ECR.AmazonECRClient).Assembly,
        typeof(Amazon.CloudWatchLogs.AmazonCloudWatchLogsClient).Assembly,
    }.ToDictionary(assembly => assembly.GetName().Name!);

    private static IEnumerable<string> Names => Editions.Keys;

#if UPSTREAM_PACKAGES
    [TestCaseSource(nameof(Names))]
    public void The_real_package_has_all_that_the_edition_has(string edition)
        => Assert.That(Expected(edition).Except(SurfaceText.Of(Editions[edition])), Is.Empty);
#else
    [TestCaseSource(nameof(Names))]
    public void The_surface_is_the_one_of_its_file(string edition)
    {
        var actual = SurfaceText.Of(Editions[edition]);
        if (Environment.GetEnvironmentVariable(UpdateVariable) is "1")
        {
            File.WriteAllLines(Path.Combine(SourceFolder(), "Surfaces", FileName(edition)), actual);
            Assert.Inconclusive($"{FileName(edition)} is written anew.");
        }

        var expected = Expected(edition);
        Assert.Multiple(() =>
        {
            Assert.That(actual.Except(expected), Is.Empty, $"new; {UpdateVariable}=1 writes it to {FileName(edition)}");
            Assert.That(expected.Except(actual), Is.Empty, $"gone; {UpdateVariable}=1 takes it out of {FileName(edition)}");
        });
    }
#endif

    private static string[] Expected(string edition)
        => File.ReadAllLines(Path.Combine(TestContext.CurrentContext.TestDirectory, "Surfaces", FileName(edition)));

    private static string FileName(string edition) => $"{edition}.txt";

#if !UPSTREAM_PACKAGES
    private static string SourceFolder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
#endif
}
