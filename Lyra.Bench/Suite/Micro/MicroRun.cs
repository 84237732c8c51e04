using System;

namespace Lyra.Bench.Suite.Micro;

/// <summary>A variant that is ready to run.</summary>
/// <param name="work">Performs the operation <see cref="MicroVariant.Operations"/> times.</param>
/// <param name="owned">What to dispose afterwards; null if nothing.</param>
internal sealed class MicroRun(Action work, IDisposable? owned = null) : IDisposable
{
    public Action Work { get; } = work;

    public void Dispose() => owned?.Dispose();
}
