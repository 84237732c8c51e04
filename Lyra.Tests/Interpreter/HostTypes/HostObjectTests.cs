using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Lyra.Tests.Harness.HostTypes;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.HostTypes;

/// <summary>Scripts work with objects of the host: docs/host-objects.md.</summary>
public sealed class HostObjectTests : IDisposable
{
    private readonly LyraEngine _engine = new();
    private readonly Order _order = new("A-1") { Total = 10, Remark = "n" };

    public HostObjectTests()
    {
        _engine.DefineType<Order>();
        _engine.DefineType<Customer>();
        _engine.DefineType<ImportantCustomer>();
        _engine.Globals["order"] = LyraValue.FromObject(_order);
    }

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void Properties_and_fields_are_read_and_written()
    {
        Run("order.id").ShouldBe("\"A-1\"");
        Run("order.total = order.total * 2; order.total").ShouldBe("20.0");
        _order.Total.ShouldBe(20);
        Run("order.total = 3; order.total").ShouldBe("3.0");
        Run("order.note = \"x\"; order.note").ShouldBe("\"x\"");
        Run("order.note = nil; order.note").ShouldBe("nil");
        _order.Remark.ShouldBeNull();
        Run("order.total += 1; order.total").ShouldBe("4.0");
    }

    [Fact]
    public void Methods_take_optional_named_and_further_arguments()
    {
        Run("order.add(\"a\"); order.add(\"b\", 2); order.add(count: 3, sku: \"c\"); order.lineCount").ShouldBe("6");
        Run("order.sum() + order.sum(1) + order.sum(1, 2, 3)").ShouldBe("7");
        Run("let f = order.add; f(\"d\"); order.lineCount").ShouldBe("7");
        Run("let xs = [4, 5]; order.sum(...xs)").ShouldBe("9");
    }

    [Fact]
    public void Overloads_are_chosen_by_number_and_types()
    {
        Run("order.describe(1)").ShouldBe("\"int 1\"");
        Run("order.describe(\"s\")").ShouldBe("\"string s\"");
        Run("order.describe(order)").ShouldBe("\"order A-1\"");
        Run("order.describe(\"s\", 2)").ShouldBe("\"two s 2\"");
        Run("order.describe(y: 3, x: \"t\")").ShouldBe("\"two t 3\"");
        Error("order.describe(1.5)").ShouldBe(
            "TypeError: no Order.describe takes (float); there are describe(Int32 x), describe(String x), describe(Order x)");
        Error("order.describe(nil)").ShouldStartWith("TypeError: the call of Order.describe with (nil) is ambiguous; there are ");
        Error("order.describe()").ShouldStartWith("ArgumentError: Order.describe can't be called with 0 arguments; there are ");
    }

    [Fact]
    public async Task An_async_method_is_awaited()
    {
        LyraValue twice = await _engine.RunAsync(LyraScript.Compile("[await order.submitAsync(), await order.submitAsync()]", "s.lyra"));
        twice.ToString().ShouldBe("[true, false]");
    }

    [Fact]
    public void Handlers_of_events_are_added_and_removed()
    {
        Run("""
            var seen = []
            proc note(o) { seen.push(o.lineCount) }
            order.changed.add(note)
            order.add("a")
            order.add("b")
            order.changed.remove(note)
            order.add("c")
            seen
            """).ShouldBe("[1, 2]");
        Error("order.changed.add(1)").ShouldBe("TypeError: a handler of Order.changed must be proc, not int");
    }

    [Fact]
    public void Indexers_are_read_and_written()
    {
        Run("order.add(\"a\"); order[0] = \"z\"; order[0]").ShouldBe("\"z\"");
        Error("order[5]").ShouldStartWith("HostError: ");
        Error("order[\"x\"]").ShouldBe("TypeError: argument 'index' of Order.[] must be int, not str");
    }

    [Fact]
    public void Operators_are_those_of_the_type()
    {
        Run("let sum = order + Order(\"B\"); [sum.id, sum.total]").ShouldBe("[\"A-1+B\", 10.0]");
        Run("[(order * 2).total, (2.5 * order).total, (-order).total]").ShouldBe("[20.0, 25.0, -10.0]");
        Run("[order == Order(\"A-1\"), order == Order(\"B\"), order != Order(\"B\"), order == 1]").ShouldBe("[true, false, true, false]");
        Run("[Order(\"B\") < order, order > Order(\"B\"), order <= order, order < Order(\"B\")]").ShouldBe("[true, true, true, false]");
        Run("import vm; vm.cache()[\"operators\"][\"Order * float\"]").ShouldBe("\"Order.*\"");
        Error("order - order").ShouldBe("TypeError: operator - can't take Order and Order");
        Error("order + 1").ShouldBe("TypeError: argument 'b' of operator + must be Order, not int");
    }

    [Fact]
    public void Constructors_and_static_members_belong_to_the_type()
    {
        Run("Order(\"X\").id").ShouldBe("\"X\"");
        Run("Order(id: \"Y\").id").ShouldBe("\"Y\"");
        Run("Order.parse(\"Z\").id").ShouldBe("\"Z\"");
        Run("Order.sample.id").ShouldBe("\"sample\"");
        Run("[\"a\", \"b\"].map(Order).map(o => o.id)").ShouldBe("[\"a\", \"b\"]");
        Error("Customer()").ShouldBe("TypeError: scripts can't construct Customer: the host has named no constructor");
        Error("Order.nothing").ShouldBe("FieldError: the type Order has no member 'nothing'");
    }

    [Fact]
    public void Types_work_in_annotations_patterns_and_tests()
    {
        Run("type(order)").ShouldBe("\"Order\"");
        Run("[order is Order, order is not Order, order is Customer, 1 is Order]").ShouldBe("[true, false, false, false]");
        Run("proc f(o: Order) -> Order { return o }\nf(order).id").ShouldBe("\"A-1\"");
        Error("proc f(o: Order) { }\nproc one() { return 1 }\nf(one())").ShouldBe("TypeError: parameter o must be Order, not int");
        Error("proc it() { return order }\nlet o: Customer = it()").ShouldBe("TypeError: variable o must be Customer, not Order");
        Run("let o: Order? = nil; o").ShouldBe("nil");
        const string Match = "match x { Order{id: \"A-1\", total} => total, Customer{name} => name, c: int => c, _ => \"other\" }";
        Run($"let x = order; {Match}").ShouldBe("10.0");
        Run($"let x = 7; {Match}").ShouldBe("7");
        Run($"let x = Order(\"q\"); {Match}").ShouldBe("\"other\"");
    }

    [Fact]
    public void A_type_that_the_engine_has_not_is_a_compile_error()
    {
        Should.Throw<LyraCompileException>(() => _engine.Run("proc f(o: Nothing) { }")).Message
            .ShouldContain("Unknown type `Nothing`");
        LyraScript script = LyraScript.Compile("let o: Nothing? = nil", "s.lyra");
        Should.Throw<LyraCompileException>(() => _engine.Run(script)).Message.ShouldContain("Unknown type `Nothing`");
        Should.Throw<LyraCompileException>(() => _engine.Run("proc f(o: order) { }")).Message.ShouldContain("Unknown type `order`");
    }

    [Fact]
    public void Objects_have_identity()
    {
        Run("order.customer").ShouldBe("nil");
        _order.Customer = new Customer { Name = "Ann" };
        Run("[order.customer is order.customer, order.customer == order.customer]").ShouldBe("[true, true]");
        Run("let m = {}; let c = order.customer; m[c] = 1; m[order.customer] = m[c] + 1; [length(m), m[c]]").ShouldBe("[1, 2]");
        Run("order.customer in [order.customer]").ShouldBe("true");
        _engine.Run("order").As<Order>().ShouldBeSameAs(_order);
    }

    [Fact]
    public void Values_convert_by_themselves_once_their_type_is_defined()
    {
        Customer ann = new() { Name = "Ann" };
        _engine.Define("ann", ann);
        _engine.Define("named", (string name) => new ImportantCustomer { Name = name });
        _engine.Define("nameOf", (Customer c) => c.Name);
        Run("ann.name").ShouldBe("\"Ann\"");
        Run("let v = named(\"Bob\"); [type(v), v.name, v.discount, v.level, nameOf(v)]").ShouldBe("[\"Vip\", \"Bob\", 0.5, 3, \"Bob\"]");
        Run("let v = named(\"Bob\"); [v is Customer, ann is Vip]").ShouldBe("[true, false]");
        Run("order.customer = named(\"Eve\"); order.customer.name").ShouldBe("\"Eve\"");
        _order.Customer.ShouldBeOfType<ImportantCustomer>();
        Error("order.customer = 1").ShouldBe("TypeError: 'customer' of Order must be Customer, not int");
        _engine.Run("proc nameIt(c) { return c.name }");
        _engine.GetProc<Func<Customer, string>>("nameIt")(ann).ShouldBe("Ann");
        _engine.GetProc<Func<string, Customer>>("named")("Joe").Name.ShouldBe("Joe");
    }

    [Fact]
    public void Enums_are_strs()
    {
        Run("order.status").ShouldBe("\"Open\"");
        Run("order.status = \"Paid\"; order.status").ShouldBe("\"Paid\"");
        _order.Status.ShouldBe(Status.Paid);
        Error("order.status = \"Lost\"").ShouldStartWith("TypeError: 'status' of Order ");
    }

    [Fact]
    public void Errors_name_the_type_and_the_member()
    {
        Error("order.secret").ShouldBe("FieldError: Order has no member 'secret'");
        Error("order.secret = 1").ShouldBe("FieldError: Order has no member 'secret'");
        Error("order.id = \"x\"").ShouldBe("FieldError: 'id' of Order can only be read");
        Error("order.add = 1").ShouldBe("FieldError: the method 'add' of Order can't be assigned");
        Error("order.total = \"x\"").ShouldBe("TypeError: 'total' of Order must be float, not str");
        Error("order.add(1)").ShouldBe("TypeError: argument 'sku' of Order.add must be str, not int");
        Error("order.add()").ShouldStartWith("ArgumentError: add(sku, count?)");
        Error("order.total()").ShouldBe("TypeError: a value of type float can't be called");
    }

    [Fact]
    public void What_a_member_throws_is_a_host_error()
    {
        Run("var text = nil; try { order.fail() } catch e { text = e.kind + \": \" + e.message }; text").ShouldBe("\"HostError: no time\"");
        LyraException thrown = Should.Throw<LyraException>(() => _engine.Run("order.fail()"));
        thrown.Kind.ShouldBe("HostError");
        thrown.InnerException.ShouldBeOfType<InvalidTimeZoneException>();
    }

    [Fact]
    public void Nothing_that_the_host_did_not_name_is_reachable()
    {
        string[] members = ["GetType", "getType", "Equals", "equals", "GetHashCode", "ToString", "toString", "Secret", "target", "type"];
        foreach (string member in members)
        {
            Error($"order.{member}").ShouldStartWith("FieldError: ");
            Error($"order.{member}()").ShouldStartWith("FieldError: ");
        }

        Run("tostring(order)").ShouldBe("\"order A-1\"");
        _engine.Define("plain", new Customer());
        Run("tostring(plain)").ShouldBe("\"<Customer>\"");
        Run("\"${plain}\"").ShouldBe("\"<Customer>\"");
    }

    [Fact]
    public void A_type_of_others_is_described()
    {
        _engine.DefineType<Uri>(t => t.Property("host", u => u.Host).Method("withPath", (Uri u, string p) => new Uri(u, p)));
        _engine.Define("site", new Uri("http://a.example/x"));
        Run("[site.host, site.withPath(\"y\").host, type(site)]").ShouldBe("[\"a.example\", \"a.example\", \"Uri\"]");
    }

    [Fact]
    public void A_type_is_defined_by_reflection()
    {
        _engine.DefineType<Legacy>(new LyraTypeOptions { Members = LyraMembers.All });
        _engine.Define("legacy", new Legacy { Count = 2 });
        Run("legacy.count = legacy.count + 1; [legacy.count, legacy.twice(4), legacy.twice(x: 5, y: 1), legacy.fixed]")
            .ShouldBe("[3, 8, 11, 9]");
        Run("Legacy(7).count").ShouldBe("7");
        Run("[Legacy.zero, Legacy(3) + Legacy(4) is Legacy]").ShouldBe("[0, true]");
        Error("legacy.getType()").ShouldStartWith("FieldError: ");
        Error("legacy.hidden").ShouldStartWith("FieldError: ");
        Error("legacy.fixed = 1").ShouldBe("FieldError: 'fixed' of Legacy can only be read");
    }

    [Fact]
    public void A_type_is_defined_once()
    {
        Should.Throw<ArgumentException>(() => _engine.DefineType<Order>()).Message.ShouldContain("Order");
        _engine.Define("Guid", 1);
        Should.Throw<ArgumentException>(() => _engine.DefineType<Guid>()).Message.ShouldContain("has a global 'Guid' already");
        Should.Throw<ArgumentException>(() => _engine.DefineType<Version>(t => t.Property("a", v => v.Major).Property("a", v => v.Minor)))
            .Message.ShouldContain("two members");
        Should.Throw<ArgumentException>(() => _engine.DefineType<Version>(t => t.Method("f", (string s) => s)))
            .Message.ShouldContain("first parameter");
        Should.Throw<ArgumentException>(() => _engine.DefineType<Version>(t => t.Operator("=>", (Version a, Version b) => a)));
    }

    [Fact]
    public void An_object_without_a_definition_can_only_be_passed_on()
    {
        _engine.Globals["v"] = LyraValue.FromObject(new Version(1, 2));
        Run("type(v)").ShouldBe("\"Version\"");
        Error("v.major").ShouldBe("FieldError: the host has not defined the type Version, so scripts can't use its member 'major'");
        _engine.Run("[v][0]").As<Version>().ShouldBe(new Version(1, 2));
        Should.Throw<ArgumentException>(() => _engine.Define("w", new Version(1, 2))).Message.ShouldContain("DefineType");
        _engine.DefineType<Version>(t => t.Property("major", x => x.Major));
        Run("v.major").ShouldBe("1");
    }

    [Fact]
    public void An_engine_owns_the_values_of_objects()
    {
        using LyraEngine other = new();
        other.DefineType<Order>();
        Should.Throw<ArgumentException>(() => other.Globals["order"] = _engine.Globals["order"]).Message.ShouldContain("FromObject");
        other.Globals["order"] = LyraValue.FromObject(_engine.Globals["order"].As<Order>());
        other.Run("order.id").As<string>().ShouldBe("A-1");
    }

    [Fact]
    public void A_reset_keeps_types_and_a_pool_those_that_it_defined()
    {
        _engine.Reset();
        Run("Order(\"A\").id").ShouldBe("\"A\"");
        using LyraEnginePool pool = new(1, define: static engine => engine.DefineType<Order>());
        LyraEngine rented = pool.Rent();
        rented.DefineType<Customer>();
        pool.Return(rented);
        pool.Rent().ShouldBeSameAs(rented);
        rented.Run("Order(\"B\").id").As<string>().ShouldBe("B");
        Should.Throw<LyraCompileException>(() => rented.Run("Customer"));
        rented.DefineType<Customer>();
        rented.Dispose();
    }

    [Fact]
    public async Task Delegates_of_other_threads_find_types_while_the_engine_defines_some()
    {
        _engine.Run("proc nameIt(c) { return c.name }");
        Func<Customer, string> name = _engine.GetProc<Func<Customer, string>>("nameIt");
        bool isDone = false;
        Task other = Task.Run(() =>
        {
            while (!System.Threading.Volatile.Read(ref isDone))
            {
                try
                {
                    name(new ImportantCustomer { Name = "x" }).ShouldBe("x");
                }
                catch (InvalidOperationException)
                {
                    // The engine is in use by this test's thread.
                }
            }
        });
        for (int i = 0; i < 2_000; i++)
        {
            try
            {
                _engine.Run("Order(\"A\").id").As<string>().ShouldBe("A");
            }
            catch (InvalidOperationException)
            {
                // The engine is in use by the other thread.
            }
        }

        System.Threading.Volatile.Write(ref isDone, true);
        await other;
        other.IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public void Compiled_scripts_keep_their_types_when_they_are_saved()
    {
        using System.IO.MemoryStream stream = new();
        LyraScript.Compile("proc f(o: Order) { return match o { Order{id} => id } }\nf(order)", "s.lyra").Save(stream);
        stream.Position = 0;
        _engine.Run(LyraScript.Load(stream)).ToString().ShouldBe("\"A-1\"");
    }

    private string Run(string source) => _engine.Run(source).ToString();

    private string Error(string source)
    {
        LyraException e = Should.Throw<LyraException>(() => _engine.Run(source));
        return $"{e.Kind}: {e.Message}";
    }

    private sealed class Legacy(int count)
    {
        public Legacy()
            : this(0)
        {
        }

        public readonly int Fixed = 9;

        public int Count { get; set; } = count;

        private int Hidden { get; } = 1;

        public static int Zero => 0;

        public static Legacy operator +(Legacy a, Legacy b) => new(a.Count + b.Count);

        public int Twice(int x, int y = 0) => (2 * x) + y + (Hidden - 1);
    }
}
