// n scene graphs of shapes in nested transforms, each visited for its bounds, its areas by color and the shapes under points
static class Scene
{
    const long Modulus = 1000000007;

    static readonly (double Cosine, double Sine)[] Turns = [(1.0, 0.0), (0.6, 0.8), (0.0, 1.0), (0.8, -0.6)];
    static readonly string[] Colors = ["red", "green", "blue", "white"];
    static long seed = 5;

    static int Random(int limit)
    {
        seed = seed * 16807 % 2147483647;
        return (int)(seed % limit);
    }

    readonly record struct Point(double X, double Y);

    readonly record struct Box(double Left, double Top, double Right, double Bottom)
    {
        public double Area => (Right - Left) * (Bottom - Top);

        public Box Union(Box o) =>
            new(Math.Min(Left, o.Left), Math.Min(Top, o.Top), Math.Max(Right, o.Right), Math.Max(Bottom, o.Bottom));

        public bool Contains(Point p) => p.X >= Left && p.X <= Right && p.Y >= Top && p.Y <= Bottom;

        public static Box Of(IReadOnlyList<Point> points)
        {
            var box = new Box(points[0].X, points[0].Y, points[0].X, points[0].Y);
            foreach (var p in points) box = box.Union(new Box(p.X, p.Y, p.X, p.Y));
            return box;
        }
    }

    // x' = a x + c y + e, y' = b x + d y + f
    record Transform(double A = 1.0, double B = 0.0, double C = 0.0, double D = 1.0, double E = 0.0, double F = 0.0)
    {
        public static Transform operator *(Transform s, Transform o) => new(
            s.A * o.A + s.C * o.B, s.B * o.A + s.D * o.B,
            s.A * o.C + s.C * o.D, s.B * o.C + s.D * o.D,
            s.A * o.E + s.C * o.F + s.E, s.B * o.E + s.D * o.F + s.F);

        public Point Apply(Point p) => new(A * p.X + C * p.Y + E, B * p.X + D * p.Y + F);

        public double Determinant => A * D - B * C;

        public Transform Inverse()
        {
            double k = Determinant;
            return new Transform(D / k, -B / k, -C / k, A / k, (C * F - D * E) / k, (B * E - A * F) / k);
        }
    }

    interface IVisitor<T>
    {
        T VisitCircle(Circle circle);
        T VisitRect(Rect rect);
        T VisitPolygon(Polygon polygon);
        T VisitGroup(Group group);
    }

    abstract class Shape
    {
        public abstract T Accept<T>(IVisitor<T> visitor);
    }

    class Circle(Point center, double radius, string color) : Shape
    {
        public Point Center { get; } = center;
        public double Radius { get; } = radius;
        public string Color { get; } = color;
        public override T Accept<T>(IVisitor<T> visitor) => visitor.VisitCircle(this);
    }

    class Rect(Point corner, double width, double height, string color) : Shape
    {
        public double Width { get; } = width;
        public double Height { get; } = height;
        public string Color { get; } = color;
        public override T Accept<T>(IVisitor<T> visitor) => visitor.VisitRect(this);

        public Point[] Corners() =>
        [
            corner, new(corner.X + Width, corner.Y), new(corner.X + Width, corner.Y + Height), new(corner.X, corner.Y + Height),
        ];
    }

    class Polygon(List<Point> points, string color) : Shape
    {
        public List<Point> Points { get; } = points;
        public string Color { get; } = color;
        public override T Accept<T>(IVisitor<T> visitor) => visitor.VisitPolygon(this);
    }

    class Group(Transform transform, List<Shape> children) : Shape
    {
        public Transform Transform { get; } = transform;
        public List<Shape> Children { get; } = children;
        public override T Accept<T>(IVisitor<T> visitor) => visitor.VisitGroup(this);
    }

    // Gives the box around a shape.
    class Bounds(Transform transform) : IVisitor<Box>
    {
        public Box VisitCircle(Circle circle)
        {
            var t = transform;
            var center = t.Apply(circle.Center);
            double w = circle.Radius * Math.Sqrt(t.A * t.A + t.C * t.C);
            double h = circle.Radius * Math.Sqrt(t.B * t.B + t.D * t.D);
            return new Box(center.X - w, center.Y - h, center.X + w, center.Y + h);
        }

        public Box VisitRect(Rect rect) => Box.Of(rect.Corners().Select(transform.Apply).ToList());

        public Box VisitPolygon(Polygon polygon) => Box.Of(polygon.Points.Select(transform.Apply).ToList());

        public Box VisitGroup(Group group)
        {
            var inner = new Bounds(transform * group.Transform);
            return group.Children.Select(child => child.Accept(inner)).Aggregate((a, b) => a.Union(b));
        }
    }

    // Adds up the areas by color; the result of a visit is the area.
    class Areas : IVisitor<double>
    {
        public Dictionary<string, double> Totals { get; } = [];
        double scale = 1.0;

        double Add(string color, double area)
        {
            Totals[color] = Totals.GetValueOrDefault(color) + area * scale;
            return area;
        }

        public double VisitCircle(Circle circle) => Add(circle.Color, Math.PI * circle.Radius * circle.Radius);

        public double VisitRect(Rect rect) => Add(rect.Color, rect.Width * rect.Height);

        public double VisitPolygon(Polygon polygon)
        {
            double sum = 0.0;
            var last = polygon.Points[^1];
            foreach (var p in polygon.Points)
            {
                sum += last.X * p.Y - p.X * last.Y;
                last = p;
            }
            return Add(polygon.Color, Math.Abs(sum) / 2.0);
        }

        public double VisitGroup(Group group)
        {
            double outer = scale;
            double total = 0.0;
            scale = outer * Math.Abs(group.Transform.Determinant);
            foreach (var child in group.Children) total += child.Accept(this);
            scale = outer;
            return total;
        }
    }

    // Counts the shapes under a point.
    class Hits(Point point) : IVisitor<int>
    {
        public int VisitCircle(Circle circle)
        {
            double dx = point.X - circle.Center.X, dy = point.Y - circle.Center.Y;
            return dx * dx + dy * dy <= circle.Radius * circle.Radius ? 1 : 0;
        }

        public int VisitRect(Rect rect) => Box.Of(rect.Corners()).Contains(point) ? 1 : 0;

        public int VisitPolygon(Polygon polygon)
        {
            var p = point;
            bool inside = false;
            var a = polygon.Points[^1];
            foreach (var b in polygon.Points)
            {
                if ((a.Y > p.Y) != (b.Y > p.Y) && p.X < (b.X - a.X) * (p.Y - a.Y) / (b.Y - a.Y) + a.X) inside = !inside;
                a = b;
            }
            return inside ? 1 : 0;
        }

        public int VisitGroup(Group group)
        {
            var inner = new Hits(group.Transform.Inverse().Apply(point));
            int count = 0;
            foreach (var child in group.Children) count += child.Accept(inner);
            return count;
        }
    }

    static Point RandomPoint(int size) => new(Random(size * 10) / 10.0, Random(size * 10) / 10.0);

    static Transform RandomTransform()
    {
        var (cosine, sine) = Turns[Random(Turns.Length)];
        double scale = (1 + Random(4)) / 2.0;
        return new Transform(E: Random(30), F: Random(30)) *
            new Transform(cosine * scale, sine * scale, -sine * scale, cosine * scale);
    }

    static Shape RandomShape(int depth)
    {
        string color = Colors[Random(Colors.Length)];
        return Random(depth > 0 ? 6 : 3) switch
        {
            0 => new Circle(RandomPoint(20), 1 + Random(9), color),
            1 => new Rect(RandomPoint(20), 1 + Random(12), 1 + Random(12), color),
            2 => new Polygon(Enumerable.Range(0, 3 + Random(3)).Select(_ => RandomPoint(20)).ToList(), color),
            _ => Build(depth - 1),
        };
    }

    static Group Build(int depth)
    {
        var group = new Group(RandomTransform(), []);
        int count = 2 + Random(3);
        for (int i = 0; i < count; i++) group.Children.Add(RandomShape(depth));
        return group;
    }

    static long Rounded(double x)
    {
        long whole = (long)Math.Floor(x * 1000.0 + 0.5) % Modulus;
        return whole < 0 ? whole + Modulus : whole;
    }

    static long Survey(Shape scene)
    {
        var box = scene.Accept(new Bounds(new Transform()));
        long hash = Rounded(box.Left) + Rounded(box.Bottom) + Rounded(box.Area);
        var areas = new Areas();
        scene.Accept(areas);
        foreach (var color in Colors) hash = (hash * 31 + Rounded(areas.Totals.GetValueOrDefault(color))) % Modulus;
        for (int i = 0; i < 6; i++)
        {
            var p = new Point(
                box.Left + (box.Right - box.Left) * (i + 1) / 8.0, box.Top + (box.Bottom - box.Top) * (7 - i) / 8.0);
            hash = hash * 7 + scene.Accept(new Hits(p));
        }
        return hash % Modulus;
    }

    public static long Run(int n)
    {
        seed = 5;
        long checksum = 0;
        for (int i = 0; i < n; i++)
        {
            var scene = new Group(RandomTransform(), [Build(3), Build(3)]);
            checksum = (checksum * 31 + Survey(scene)) % Modulus;
        }
        return checksum;
    }
}
