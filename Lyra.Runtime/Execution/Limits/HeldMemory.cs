namespace Lyra.Runtime.Execution;

/// <summary>
/// Memory that a computation holds in .NET locals, where no heap walk sees it: it is charged, and heap walks count it, until this is
/// disposed.
/// </summary>
internal readonly ref struct HeldMemory
{
    private readonly ScriptContext _context;
    private readonly long _bytes;

    /// <summary>Charges the memory, before it is allocated.</summary>
    /// <exception cref="Errors.ScriptErrorException">As for <see cref="ScriptContext.ChargeMemory"/>.</exception>
    public HeldMemory(ScriptContext context, long bytes)
    {
        context.HoldMemory(bytes);
        _context = context;
        _bytes = bytes;
    }

    public void Dispose() => _context.ReleaseHeld(_bytes);
}
