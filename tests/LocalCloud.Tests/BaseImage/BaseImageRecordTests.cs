using Slipway.LocalCloud.BaseImage;

namespace Slipway.LocalCloud.Tests.BaseImage;

internal sealed class BaseImageRecordTests
{
    private string file = null!;
    private BaseImageRecord record = null!;

    [SetUp]
    public void Begin()
    {
        file = Path.GetTempFileName();
        File.WriteAllText(file, "one");
        record = new BaseImageRecord(BaseImageRecord.CurrentSchema, "10.0.1", Full: true, "sha256:0", [InputFile.Of(file)!]);
    }

    [TearDown]
    public void End() => File.Delete(file);

    [Test]
    public void Holds_while_nothing_changes() => Assert.That(record.StillTrue("10.0.1", full: true));

    [Test]
    public void Ends_with_another_version_or_kind()
    {
        Assert.That(record.StillTrue("10.0.2", full: true), Is.False);
        Assert.That(record.StillTrue("10.0.1", full: false), Is.False);
        Assert.That((record with { Schema = 0 }).StillTrue("10.0.1", full: true), Is.False);
    }

    [Test]
    public void Ends_when_a_file_changes_its_size()
    {
        File.AppendAllText(file, "two");
        Assert.That(record.StillTrue("10.0.1", full: true), Is.False);
    }

    [Test]
    public void Ends_when_a_file_changes_its_time()
    {
        File.SetLastWriteTimeUtc(file, new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.That(record.StillTrue("10.0.1", full: true), Is.False);
    }

    [Test]
    public void Ends_when_a_file_goes()
    {
        File.Delete(file);
        Assert.That(record.StillTrue("10.0.1", full: true), Is.False);
    }
}
