namespace Lyra.Tests.Service.PowerLoss;

/// <summary>What a program has done to a file, or has promised.</summary>
internal abstract record DiskEvent
{
    public sealed record Written(string File, long Offset, byte[] Bytes) : DiskEvent;

    public sealed record Truncated(string File, long Length) : DiskEvent;

    public sealed record Synced(string File) : DiskEvent;

    public sealed record Deleted(string File, bool IsSynced) : DiskEvent;

    /// <summary>The store has acknowledged a change; the number counts them.</summary>
    public sealed record Acknowledged(int Number) : DiskEvent;
}
