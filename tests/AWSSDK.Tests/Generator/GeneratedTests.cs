using System.Runtime.CompilerServices;
using Slipway.ModelGenerator;

namespace AWSSDK.Tests.Generator;

internal sealed class GeneratedTests
{
    private static IEnumerable<ServiceDefinition> Services => ServiceCatalog.All;

    [TestCaseSource(nameof(Services))]
    public void Generated_code_is_what_the_models_give(ServiceDefinition service)
    {
        var root = Root();
        var folder = Repository.GeneratedFolder(root, service.Package);
        var expected = EditionGenerator.Generate(service, Model.Read(Repository.ModelPath(root, service.Model)));
        var actual = Directory.EnumerateFiles(folder).ToDictionary(path => Path.GetFileName(path), File.ReadAllText);
        const string Remedy = "Try: dotnet run --project build/packages/ModelGenerator -- generate";
        Assert.That(actual.Keys, Is.EquivalentTo(expected.Keys), Remedy);
        foreach (var (name, text) in expected) Assert.That(actual[name], Is.EqualTo(text), $"{folder}/{name}. {Remedy}");
    }

    [TestCaseSource(nameof(Services))]
    public void Models_hold_no_documentation_and_exactly_the_operations_of_the_catalog(ServiceDefinition service)
    {
        var path = Repository.ModelPath(Root(), service.Model);
        Assert.That(File.ReadAllText(path), Does.Not.Contain("\"documentation\""));
        Assert.That(Model.Read(path).Operations.Keys, Is.EquivalentTo(service.Operations));
    }

    private static string Root([CallerFilePath] string source = "") => Repository.FindRoot(Path.GetDirectoryName(source)!);
}
