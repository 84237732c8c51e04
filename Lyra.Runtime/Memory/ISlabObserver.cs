namespace Lyra.Runtime.Memory;

/// <summary>Receives the rare events of a <see cref="SlabPool"/>.</summary>
internal interface ISlabObserver
{
    /// <summary>A size class has a slab more.</summary>
    void OnGrown(int slotBytes, int slots);

    /// <summary>A size class has released slabs with so many slots.</summary>
    void OnTrimmed(int slotBytes, int slots);
}
