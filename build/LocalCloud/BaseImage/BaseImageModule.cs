namespace Slipway.LocalCloud.BaseImage;

/// <summary>The one registration of this folder.</summary>
internal static class BaseImageModule
{
    public static void AddBaseImage(this IServiceCollection services) => services.AddSingleton<IBaseImage, MachineBaseImage>();
}
