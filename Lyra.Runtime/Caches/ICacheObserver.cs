namespace Lyra.Runtime.Caches;

/// <summary>Receives the rare events of a <see cref="HashInlineCache"/>.</summary>
internal interface ICacheObserver
{
    /// <summary>An insertion has evicted entries.</summary>
    void OnEvicted(int entries);

    /// <summary>All entries were removed.</summary>
    void OnCleared(int entries);
}
