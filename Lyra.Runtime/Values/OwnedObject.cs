using System.Threading;

namespace Lyra.Runtime.Values;

/// <summary>
/// The base of objects that only one engine may use: because they can change, refer to code of the engine, or may contain such an object.
/// An object is marked with its engine when the host first gets it, and one that the host has made is marked when an engine first gets it;
/// <see cref="Hosting.EngineBoundary"/> does both. So an object that the host passes to an engine shows whether another engine owns it, and
/// scripts pay nothing for it.
/// </summary>
internal abstract class OwnedObject : ScriptObject
{
    /// <summary>The owner of an object that has not crossed the boundary between the host and an engine.</summary>
    public const int NoOwner = 0;

    /// <summary>The owner of an immutable object without mutable content, which all engines may use.</summary>
    public const int EveryEngine = -1;

    private int _owner;

    protected OwnedObject()
    {
    }

    protected OwnedObject(int typeTag)
        : base(typeTag)
    {
    }

    protected OwnedObject(ValueKind kind)
        : base(kind)
    {
    }

    /// <summary>The number of the engine that owns it, <see cref="NoOwner"/> or <see cref="EveryEngine"/>.</summary>
    public int Owner => Volatile.Read(ref _owner);

    /// <summary>Makes an engine the owner if there is none; returns the owner.</summary>
    public int Own(int engine)
    {
        int owner = Interlocked.CompareExchange(ref _owner, engine, NoOwner);
        return owner == NoOwner ? engine : owner;
    }

    /// <summary>Lets every engine use the object, which is immutable and has no mutable content.</summary>
    public void Share() => Volatile.Write(ref _owner, EveryEngine);
}
