using Slipway.Build.Testing;

namespace Slipway.Build.Tests.Testing;

[TestFixture]
internal sealed class TestSummaryTests
{
    private string _file = null!;

    [SetUp]
    public void CreateFile() => _file = Path.GetTempFileName();

    [TearDown]
    public void DeleteFile() => File.Delete(_file);

    [Test]
    public void Results_are_counted_with_messages_and_reasons()
    {
        File.WriteAllText(
            _file,
            """
            <TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010"><Results>
              <UnitTestResult testName="A" outcome="Passed" />
              <UnitTestResult testName="B" outcome="Failed"><Output><ErrorInfo><Message>expected 1</Message><StackTrace>   at A.B() in /src/tests/B.cs:line 42
                at C</StackTrace></ErrorInfo></Output></UnitTestResult>
              <UnitTestResult testName="C" outcome="NotExecuted"><Output><ErrorInfo><Message>no engine</Message></ErrorInfo></Output></UnitTestResult>
              <UnitTestResult testName="D" outcome="NotExecuted" />
            </Results></TestRun>
            """);

        var summary = TestSummary.Read("P", _file)!;

        Assert.Multiple(() =>
        {
            Assert.That(summary.ToString(), Is.EqualTo("1 passed, 1 failed, 2 skipped"));
            Assert.That(summary.Failures, Is.EqualTo(new[] { new FailedTest("B", "expected 1", "/src/tests/B.cs", 42) }));
            Assert.That(summary.SkipReasons, Is.EqualTo(new[] { "no engine", "no reason given" }));
        });
    }

    [Test]
    public void Half_a_file_is_no_result()
    {
        File.WriteAllText(_file, "<TestRun><Results>");

        Assert.That(TestSummary.Read("P", _file), Is.Null);
    }

    [Test]
    public void No_file_is_no_result() => Assert.That(TestSummary.Read("P", _file + ".none"), Is.Null);
}
