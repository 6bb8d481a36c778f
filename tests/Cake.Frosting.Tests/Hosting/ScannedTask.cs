using Microsoft.Extensions.DependencyInjection;

namespace Cake.Frosting.Tests.Hosting;

/// <summary>A public task, found by the scan of this assembly.</summary>
[TaskName("Scanned")]
public sealed class ScannedTask(IServiceProvider services) : FrostingTask
{
    public override void Run(Core.ICakeContext context) => services.GetRequiredService<Steps>().Add(nameof(ScannedTask));
}
