namespace Lyra;

/// <summary>What an engine saves: time, or work for the garbage collector.</summary>
public enum LyraMemoryMode
{
    /// <summary>
    /// New storage comes from the garbage collector, which is the fastest. Only some larger arrays that containers give up are reused.
    /// </summary>
    Throughput,

    /// <summary>
    /// The engine keeps for its next objects the arrays that lists, maps and sets give up, and lists, maps, tuples and instances of
    /// structs that compiled code has found dead. There are fewer collections, and so fewer pauses; each engine keeps some memory for that.
    /// </summary>
    LowPause,
}
