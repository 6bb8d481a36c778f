namespace Slipway.LocalCloud.BaseImage;

/// <summary>The image "dotnet/aspnet:10.0" of the embedded registry, which the service's image is built on: no internet is asked for one.</summary>
internal interface IBaseImage
{
    /// <summary>Why this machine cannot give the full image (tasks as containers of an engine need it); null where it can.</summary>
    string? Obstacle { get; }

    /// <summary>
    /// Puts the image into the store, or leaves the one that is there and still true.
    /// Full: this machine's own .NET runtime with all it needs to run in a container, else a <see cref="BaseImageException"/>.
    /// Not full: nothing but the right labels, for tasks that run with the machine's own .NET.
    /// </summary>
    Task EnsureAsync(bool full, CancellationToken cancellationToken);
}
