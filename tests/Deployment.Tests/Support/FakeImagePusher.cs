using Slipway.Deployment.Images;

namespace Slipway.Deployment.Tests.Support;

/// <summary>"Pushes" into a <see cref="FakeImageRegistry"/>.</summary>
internal sealed class FakeImagePusher(string builder, FakeImageRegistry registry) : IImagePusher
{
    public List<(string Tag, RegistryLogin Login)> Pushes { get; } = [];

    /// <summary>What the registry has afterwards; null where the push gets lost.</summary>
    public Func<BuiltImage, string?> Result { get; set; } = image => image.Id;

    /// <summary>Answers of the first pushes.</summary>
    public Queue<PushRefusal> Refusals { get; } = [];

    /// <summary>What somebody else does during a push.</summary>
    public Action Meanwhile { get; set; } = () => { };

    public string Builder => builder;

    public Task<PushRefusal?> PushAsync(
        BuiltImage image, ImageRepository repository, string tag, RegistryLogin login, CancellationToken cancellationToken)
    {
        Pushes.Add((tag, login));
        Meanwhile();
        if (Refusals.TryDequeue(out var refusal))
            return Task.FromResult<PushRefusal?>(refusal);
        if (Result(image) is { } digest)
            registry.Put(tag, digest);
        return Task.FromResult<PushRefusal?>(null);
    }
}
