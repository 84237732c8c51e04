namespace Lyra.Jit.Ir;

/// <summary>A collection, or an object with several, that a <see cref="CompileArena"/> keeps for the next user.</summary>
internal interface IReusable
{
    /// <summary>The number of elements for which it has storage, roughly. An arena keeps no large objects.</summary>
    int Capacity { get; }

    /// <summary>Removes all content.</summary>
    void Reset();
}
