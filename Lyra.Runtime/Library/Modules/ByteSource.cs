using System;
using Lyra.Runtime.Execution;

namespace Lyra.Runtime.Library.Modules;

/// <summary>The bytes from which a str is filled, and the context whose clock is checked meanwhile.</summary>
internal readonly ref struct ByteSource(ScriptContext context, ReadOnlySpan<byte> bytes)
{
    public readonly ScriptContext Context = context;

    public readonly ReadOnlySpan<byte> Bytes = bytes;
}
