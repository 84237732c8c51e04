using System;
using System.Linq;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Memory;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Runtime.Memory;

public sealed class WeakListTests
{
    private readonly WeakList<object> _list = new();

    [Fact]
    public void Live_values_are_listed_in_order()
    {
        object[] items = [.. Enumerable.Range(0, 100).Select(i => (object)$"item {i}")];
        Array.ForEach(items, _list.Add);

        _list.Living().ShouldBe(items);
        _list.Contains(items[7]).ShouldBeTrue();
        _list.Remove(items[7]);
        _list.Contains(items[7]).ShouldBeFalse();
        _list.Living().Count.ShouldBe(99);
        _list.Clear();
        _list.Count.ShouldBe(0);
        GC.KeepAlive(items);
    }

    [Fact]
    public void Collected_items_are_removed_from_the_list()
    {
        object kept = new();
        _list.Add(kept);
        for (int i = 0; i < 20; i++)
        {
            AddAndForget(100);
            GC.Collect();
        }

        _list.Living().ShouldBe([kept]);
        _list.Count.ShouldBeLessThan(500);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AddAndForget(int count)
    {
        for (int i = 0; i < count; i++)
        {
            _list.Add(new object());
        }
    }
}
