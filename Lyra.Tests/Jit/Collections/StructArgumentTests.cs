using Lyra.Tests.Jit.Entries;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Collections;

/// <summary>
/// Instances of structs without hooks are arguments and keys as plain values are: compiled code passes them to builtins, and looks them up
/// by identity. An instance with a hook, or one that a list contains, leaves compiled code where its hook has to run.
/// </summary>
public sealed class StructArgumentTests
{
    [Fact]
    public void Builtins_and_lookups_take_instances_without_hooks()
    {
        EntryRun run = EntryRun.Agree(
            """
            struct Node { id; next = nil }
            let nodes = (0..20).map(i => Node(i))
            proc round(k) {
                var waiting = nodes.copy()
                var seen = set([])
                var depth = {}
                var sum = 0
                for i in 0..20 {
                    let node = nodes[(i * 7 + k) % 20]
                    waiting.remove(node)
                    sum += waiting.count(node)
                    if node in seen { sum += 1 }
                    if node not in nodes { sum += 100 }
                    seen.add(node)
                    depth[node] = depth.get(node, 0) + i
                    sum += depth[node] + nodes.index(node)
                }
                return sum + length(waiting) * 1000 + length(seen)
            }
            var total = 0
            for k in 0..2000 { total += round(k) }
            print(total)
            """,
            ["round"],
            share: 0.8);

        run.Counters.CallOuts.ShouldBeLessThan(100, run.Log);
    }

    [Fact]
    public void Hooks_of_keys_and_elements_run() => EntryRun.Agree(
        """
        struct Plain { id }
        struct Key { id
          proc __eq(self, o) { return type(o) == "Key" and self.id % 5 == o.id % 5 }
          proc __hash(self) { return self.id % 5 } }
        let items = (0..10).map(i => Plain(i))
        let keys = (0..10).map(i => Key(i))
        proc look(list, seen, x) {
            var sum = 0
            if x in list { sum += 1 }
            if x in seen { sum += 10 }
            sum += list.count(x) * 100
            if seen.has(x) { sum += 1000 }
            return sum
        }
        let seen = set(items)
        let mixed = set(items + keys)
        var total = 0
        for k in 0..400 { total += look(items, seen, items[k % 10]) }
        for k in 0..400 { total += look(items + keys, mixed, if k % 3 == 0 { keys[k % 10] } else { items[k % 10] }) }
        for k in 0..400 { total += look(keys, mixed, keys[k % 10]) + look(keys, seen, items[k % 10]) }
        print(total)
        """,
        ["look"],
        share: 0.0);
}
