using Slipway.Deployment.Images;
using Slipway.Deployment.Tests.Support;

namespace Slipway.Deployment.Tests.Images;

internal sealed class ProjectInputsTests
{
    private const string Project = "src/App/App.csproj";

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void SetUp()
    {
        _folder = new TemporaryFolder();
        _folder.Write(Project, "<Project />");
        _folder.Write("src/App/Program.cs", "class Program;");
        _folder.Write("README.md", "text");
    }

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test]
    public void What_an_imported_file_imports_and_links_counts()
    {
        Write(Project, """<Import Project="..\..\eng\Service.props" />""");
        Write("eng/Service.props", """<Import Project="deep/More.targets" /><ItemGroup><Compile Include="..\Shared\*.cs" /></ItemGroup>""");
        Write("eng/deep/More.targets", """<ItemGroup><Compile Include="$(MSBuildThisFileDirectory)Generated.cs" /></ItemGroup>""");
        _folder.Write("eng/deep/Generated.cs", "class Generated;");
        // An item's path is relative to the project, whichever file says it; an import's is not.
        _folder.Write("src/Shared/Shared.cs", "class Shared;");
        _folder.Write("Shared/Other.cs", "class Other;");

        Assert.That(Names(), Is.EqualTo(new[]
        {
            "eng/Service.props", "eng/deep/Generated.cs", "eng/deep/More.targets", "src/App/App.csproj", "src/App/Program.cs", "src/Shared/Shared.cs",
        }));
    }

    [TestCase("Directory.Build.props", "$(MSBuildThisFileDirectory)eng/Common.props")]
    [TestCase("src/Directory.Build.targets", "../eng/Common.props")]
    [TestCase("Directory.Packages.props", "eng/*.PROPS")]
    [TestCase("src/Directory.Build.props", "$([MSBuild]::GetDirectoryNameOfFileAbove($(MSBuildThisFileDirectory), '.git'))/eng/Common.props")]
    public void What_a_build_file_above_the_project_imports_counts(string buildFile, string import)
    {
        Write(buildFile, $"""<Import Project="{import}" />""");
        Write("eng/Common.props", """<ItemGroup><None Include="../../schema/v1.json" /></ItemGroup>""");
        _folder.Write("schema/v1.json", "{}");

        Assert.That(Names(), Does.Contain("eng/Common.props").And.Contain("schema/v1.json").And.Not.Contain("README.md"));
    }

    [Test]
    public void Files_that_import_one_another_end()
    {
        Write(Project, """<Import Project="a.props" />""");
        Write("src/App/a.props", """<Import Project="b.props" /><Import Project="a.props" />""");
        Write("src/App/b.props", """<Import Project="a.props" /><Import Project="gone.props" />""");

        Assert.That(Names(), Does.Contain("src/App/b.props").And.Not.Contain("README.md"));
    }

    [Test]
    public void The_next_build_file_above_is_no_reason_to_count_the_whole_repository()
    {
        Write("src/Directory.Build.props", """<Import Project="$([MSBuild]::GetPathOfFileAbove('Directory.Build.props', '$(MSBuildThisFileDirectory)../'))" />""");
        Write("Directory.Build.props", """<ItemGroup><SourceRoot Include="$(MSBuildThisFileDirectory)" /></ItemGroup>""");

        Assert.That(Names(), Does.Contain("Directory.Build.props").And.Not.Contain("README.md"));
    }

    [TestCase("<Folder>../Shared</Folder>", "$(Folder)/*.cs", false)]
    [TestCase("""<Folder Condition="'$(CI)' == 'true'">../Elsewhere</Folder><folder>$(Parent)Shared</folder><Parent>$(MSBuildProjectDirectory)/../</Parent>""", "$(Folder)/*.cs", false)]
    [TestCase("<Folder>../Shared</Folder>", "$(Folder)/$(Unset)/*.cs", true)]
    [TestCase("""<Folder Condition="'$(Folder)' == ''">../Elsewhere</Folder>""", "$(Folder)/*.cs", true)]
    [TestCase("<Folder>$(Folder)/../Elsewhere</Folder>", "$(Folder)/*.cs", true)]
    [TestCase("<Folder>$([System.IO.Path]::GetTempPath())</Folder>", "$(Folder)/*.cs", true)]
    [TestCase("<Folder>../Shared</Folder>", "@(Some->'$(Folder)/%(Identity)')", true)]
    public void A_property_is_what_the_files_say_and_else_the_whole_repository_counts(string properties, string include, bool isWhole)
    {
        Write(Project, $"""<ItemGroup><Compile Include="{include}" /></ItemGroup>""");
        Write("Directory.Build.props", $"<PropertyGroup>{properties}</PropertyGroup>");
        _folder.Write("src/Shared/Shared.cs", "class Shared;");

        Assert.That(Names(), Does.Contain("src/Shared/Shared.cs"));
        Assert.That(Names().Contains("README.md"), Is.EqualTo(isWhole));
    }

    [TestCase("$(Elsewhere)/x.props")]
    [TestCase("eng/**/*.props")]
    [TestCase("$([MSBuild]::GetPathOfFileAbove('x.props', '$(Elsewhere)'))")]
    public void An_import_that_only_MSBuild_finds_makes_the_whole_repository_count(string import)
    {
        Write("Directory.Build.targets", $"""<Import Project="{import}" />""");
        Write("eng/x.props", "");

        Assert.That(Names(), Does.Contain("README.md"));
    }

    [Test]
    public void A_list_of_projects_is_what_the_files_put_in_it()
    {
        Write("Directory.Build.targets", """<ItemGroup><ProjectReference Include="@(Part -> '$(RepositoryRoot)parts/%(Identity)/%(Identity).csproj')" /></ItemGroup>""");
        Write("parts/One/One.csproj", "");
        _folder.Write("parts/One/One.cs", "class One;");
        _folder.Write("parts/Two/Two.cs", "class Two;");

        Assert.That(Names(), Does.Not.Contain("parts/One/One.cs").And.Not.Contain("README.md"), "nobody puts anything in it");

        Write(Project, """<ItemGroup><Part Include="One" /></ItemGroup>""");

        Assert.That(Names(), Does.Contain("parts/One/One.cs").And.Not.Contain("parts/Two/Two.cs"));
    }

    [TestCase("""<Reference Include="Old"><HintPath>..\..\lib\Old.dll</HintPath></Reference>""")]
    [TestCase("""<None Include="../../lib/?ld.*" />""")]
    public void A_file_that_is_named_or_matched_counts_without_its_folder(string item)
    {
        Write(Project, $"<ItemGroup>{item}</ItemGroup>");
        _folder.Write("lib/Old.dll", "x");
        _folder.Write("lib/Other.dll", "x");

        Assert.That(Names(), Does.Contain("lib/Old.dll").And.Not.Contain("lib/Other.dll"));
    }

    [Test]
    public void Files_of_the_repository_s_root_count_where_a_project_takes_them()
    {
        Write(Project, """<ItemGroup><None Include="../../*.md" /></ItemGroup>""");
        _folder.Write("NOTICE", "text");

        Assert.That(Names(), Does.Contain("README.md").And.Not.Contain("NOTICE"));
    }

    [Test]
    public void The_shipped_service_is_not_the_whole_repository() =>
        Assert.That(
            new SourceFiles(LocalCloud.Tests.Ecs.Operations.Repository.File()).List("src/StreamMlService", "-", CancellationToken.None).Select(f => f.Path),
            Does.Contain("src/StreamMlService/Program.cs").And.Contain("build/packages/Cake.Engine.props").And.Not.Contain("README.md"));

    private void Write(string file, string content) => _folder.Write(file, $"<Project>{content}</Project>");

    private List<string> Names() => [.. new SourceFiles(_folder.Path).List(Project, "-", CancellationToken.None).Select(file => file.Path)];
}
