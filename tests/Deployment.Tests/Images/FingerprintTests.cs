using CsCheck;
using Slipway.Deployment.Images;
using Slipway.Deployment.Tests.Support;

namespace Slipway.Deployment.Tests.Images;

internal sealed class FingerprintTests
{
    private const string Project = "src/App/App.csproj";
    private const string Dockerfile = "src/App/Dockerfile";

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void SetUp()
    {
        _folder = new TemporaryFolder();
        _folder.Write(Project, """<Project><ItemGroup><ProjectReference Include="..\Lib\Lib.csproj" /><Compile Include="../Shared/**/*.cs" /></ItemGroup></Project>""");
        _folder.Write("src/App/Program.cs", "class Program;");
        _folder.Write("src/App/bin/Debug/App.dll", "x");
        _folder.Write("src/App/obj/project.assets.json", "x");
        _folder.Write(Dockerfile, "FROM scratch");
        _folder.Write("src/Lib/Lib.csproj", "<Project />");
        _folder.Write("src/Lib/Lib.cs", "class Lib;");
        _folder.Write("src/Shared/Deep/Shared.cs", "class Shared;");
        _folder.Write("src/Other/Other.cs", "class Other;");
        _folder.Write("Directory.Build.props", "<Project />");
        _folder.Write("global.json", "{}");
        _folder.Write("README.md", "text");
        _folder.Write("artifacts/x.cs", "x");
    }

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test]
    public void The_files_are_those_that_the_image_is_made_of() => Assert.That(List().Select(f => f.Path), Is.EqualTo(new[]
    {
        "Directory.Build.props", "global.json", "src/App/App.csproj", "src/App/Dockerfile", "src/App/Program.cs", "src/Lib/Lib.cs",
        "src/Lib/Lib.csproj",
        "src/Shared/Deep/Shared.cs",
    }));

    [TestCase("src/App/Program.cs")]
    [TestCase("src/Lib/Lib.cs")]
    [TestCase("src/Shared/Deep/Shared.cs")]
    [TestCase("src/App/Dockerfile")]
    [TestCase("Directory.Build.props")]
    [TestCase("global.json")]
    public void An_edit_and_a_deletion_change_it(string file)
    {
        var before = Fingerprint.OfFiles(List());

        _folder.Write(file, "<Project> </Project>");
        var edited = Fingerprint.OfFiles(List());
        File.Delete(_folder.Combine(file));
        var deleted = Fingerprint.OfFiles(List());

        Assert.That(new[] { before, edited, deleted }, Is.Unique);
    }

    [TestCase("src/App/New.cs", true)]
    [TestCase("src/App/sub/appsettings.json", true)]
    [TestCase("src/App/Dockerfile.dockerignore", true)]
    [TestCase("src/nuget.config", true)]
    [TestCase("src/App/Formats/Obj/Reader.cs", true)]
    [TestCase("src/App/wwwroot/bin/x.js", true)]
    [TestCase("src/App/wwwroot/.well-known/x.json", true)]
    [TestCase("src/App/TestResults/Reader.cs", true)]
    [TestCase("src/Shared/obj/x.cs", true)]
    [TestCase("src/App/obj/x.cs", false)]
    [TestCase("src/App/BIN/x.cs", false)]
    [TestCase("src/App/wwwroot/node_modules/x.js", false)]
    [TestCase("src/App/.vs/x.cs", false)]
    [TestCase("src/App/App.csproj.user", false)]
    [TestCase("src/Other/New.cs", false)]
    [TestCase("docs/new.md", false)]
    public void A_new_file_counts_where_a_compiler_would_see_it(string file, bool counts)
    {
        var before = Fingerprint.OfFiles(List());

        _folder.Write(file, "x");

        Assert.That(Fingerprint.OfFiles(List()) != before, Is.EqualTo(counts));
    }

    [Test]
    public void The_folder_that_holds_the_repository_does_not_matter()
    {
        using var other = new TemporaryFolder();
        foreach (var file in List())
            other.Write(file.Path, File.ReadAllText(_folder.Combine(file.Path)));

        Assert.That(new SourceFiles(other.Path).List(Project, Dockerfile, CancellationToken.None), Is.EqualTo(List()));
    }

    [Test]
    public void What_only_MSBuild_can_evaluate_makes_the_whole_repository_count()
    {
        _folder.Write(Project, """<Project><ItemGroup><Compile Include="$(Somewhere)/*.cs" /></ItemGroup></Project>""");

        Assert.That(
            List().Select(f => f.Path), Does.Contain("src/Other/Other.cs").And.Contain("README.md").And.Not.Contain("artifacts/x.cs"));
    }

    [Test]
    public void A_project_that_references_itself_or_nothing_ends()
    {
        _folder.Write("src/Lib/Lib.csproj", """<Project><ItemGroup><ProjectReference Include="../App/App.csproj;../Gone/Gone.csproj" /></ItemGroup></Project>""");

        Assert.That(List().Select(f => f.Path), Does.Contain("src/Lib/Lib.cs"));
    }

    [Test]
    public void A_link_that_leads_in_a_circle_ends()
    {
        if (OperatingSystem.IsWindows())
            Assert.Ignore("links need a right there");
        Directory.CreateSymbolicLink(_folder.Combine("src/App/circle"), _folder.Combine("src/App"));
        File.CreateSymbolicLink(_folder.Combine("src/App/dangling"), "/nowhere/at/all");

        Assert.That(List().Select(f => f.Path), Does.Contain("src/App/circle").And.Contain("src/App/dangling"));
    }

    [Test]
    public void What_a_link_to_a_folder_of_the_repository_leads_to_counts()
    {
        if (OperatingSystem.IsWindows())
            Assert.Ignore("links need a right there");
        Directory.CreateSymbolicLink(_folder.Combine("src/App/linked"), "../Other");
        Directory.CreateSymbolicLink(_folder.Combine("src/App/outside"), System.IO.Path.GetTempPath());
        var before = List();

        _folder.Write("src/Other/Other.cs", "class Edited;");

        Assert.That(List(), Is.Not.EqualTo(before));
        Assert.That(List().Where(f => f.Path.StartsWith("..", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void A_project_may_be_named_by_its_folder() =>
        Assert.That(new SourceFiles(_folder.Path).List("src/App", Dockerfile, CancellationToken.None), Is.EqualTo(List()));

    [TestCase("src/Nowhere/App.csproj", "is missing")]
    [TestCase("src/Other", "is missing")]
    public void A_missing_project_is_said(string project, string message)
    {
        var failure =
            Assert.Throws<SlipwayException>(() => new SourceFiles(_folder.Path).List(project, Dockerfile, CancellationToken.None));

        Assert.That(failure.Message, Does.Contain($"'{project}' {message}"));
    }

    [Test]
    public void A_broken_project_file_is_said()
    {
        _folder.Write(Project, "<Project>");

        Assert.That(Assert.Throws<SlipwayException>(() => List()).Message, Does.Contain("is no valid project file"));
    }

    [Test]
    public void The_order_of_the_listing_does_not_matter() =>
        Gen.String.Array[0, 6].Sample(names =>
        {
            var files = names.Distinct().Select(n => new SourceFile(n, Digests.Of(n))).ToList();
            return Fingerprint.OfFiles(files) == Fingerprint.OfFiles(Enumerable.Reverse(files));
        });

    [Test]
    public void No_two_listings_read_the_same()
    {
        SourceFile[][] listings =
            [[], [new("a", "bc")], [new("ab", "c")], [new("a", "b"), new("c", "")], [new("a", ""), new("b", "c")], [new("1:a", "bc")]];

        Assert.That(listings.Select(Fingerprint.OfFiles), Is.Unique);
    }

    [Test]
    public void Every_fact_counts()
    {
        var facts = new Dictionary<string, string> { ["builder"] = "sdk", ["platform"] = "linux/amd64" };
        var fingerprint = Fingerprint.OfImage("s", facts);

        Assert.Multiple(() =>
        {
            Assert.That(fingerprint, Has.Length.EqualTo(64));
            Assert.That(Fingerprint.OfImage("t", facts), Is.Not.EqualTo(fingerprint));
            Assert.That(
                Fingerprint.OfImage("s", new Dictionary<string, string>(facts) { ["builder"] = "docker" }), Is.Not.EqualTo(fingerprint));
            Assert.That(Fingerprint.OfImage("s", facts.Reverse()), Is.EqualTo(fingerprint));
        });
    }

    private IReadOnlyList<SourceFile> List() => new SourceFiles(_folder.Path).List(Project, Dockerfile, CancellationToken.None);
}
