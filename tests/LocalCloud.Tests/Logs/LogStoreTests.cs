using Microsoft.Extensions.Logging.Abstractions;
using Slipway.LocalCloud.Logs;
using Slipway.LocalCloud.State;

namespace Slipway.LocalCloud.Tests.Logs;

internal sealed class LogStoreTests
{
    [Test]
    public void A_stream_that_cannot_be_written_does_not_end_the_task_whose_output_it_is()
    {
        var folder = Directory.CreateTempSubdirectory("slipway-log-store-").FullName;
        try
        {
            var store = new LogStore(new StateFolder(folder), new LogBounds(), TimeProvider.System, NullLogger<LogStore>.Instance);
            store.CreateGroup("/ecs/web");
            store.Append("/ecs/web", "task", "first");
            var file = Directory.EnumerateFiles(folder, "*.ndjson", SearchOption.AllDirectories).Single();
            File.Delete(file);
            Directory.CreateDirectory(file);

            Assert.That(() => store.Append("/ecs/web", "task", "second"), Throws.Nothing);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
